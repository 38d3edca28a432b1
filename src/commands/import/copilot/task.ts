// The settings of a task: sizes, platform, storage.
import { Noted, type Tree } from '../tree.ts'
import type { Manifest } from './manifest.ts'
import { type Valued, membersOf } from './values.ts'

export function taskSettings(manifest: Manifest): Valued {
  const size = manifest.number('storage', 'ephemeral')
  return membersOf({
    executionRoleArn: new Noted('arn:aws:iam::123456789012:role/ecsTaskExecutionRole', [
      'Copilot made its roles: put their ARNs here.',
      "taskRoleArn: 'arn:aws:iam::123456789012:role/task',",
    ]),
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: String(manifest.number('cpu') ?? 256),
    memory: String(manifest.number('memory') ?? 512),
    runtimePlatform: platformOf(manifest),
    ephemeralStorage: size === undefined ? undefined : { sizeInGiB: size },
    volumes: volumesOf(manifest),
  })
}

const systems: Readonly<Record<string, string>> = { linux: 'LINUX', windows: 'WINDOWS_SERVER_2019_CORE' }
const architectures: Readonly<Record<string, string>> = {
  x86_64: 'X86_64',
  amd64: 'X86_64',
  arm: 'ARM64',
  arm64: 'ARM64',
}

/** `linux/arm64`, or a map of osfamily and architecture. */
function platformOf(manifest: Manifest): Tree | undefined {
  const short = manifest.take((value) => {
    const [system = '', architecture = ''] = String(value).toLowerCase().split('/')
    const operatingSystemFamily = systems[system]
    const cpuArchitecture = architectures[architecture]
    if (operatingSystemFamily === undefined || cpuArchitecture === undefined) return undefined
    return { operatingSystemFamily, cpuArchitecture }
  }, 'platform')
  if (short) return short
  const system = manifest.text('platform', 'osfamily')
  const architecture = manifest.take((value) => architectures[String(value).toLowerCase()], 'platform', 'architecture')
  if (typeof system !== 'string') return undefined
  return {
    operatingSystemFamily: system.toUpperCase(),
    ...(architecture !== undefined && { cpuArchitecture: architecture }),
  }
}

function volumesOf(manifest: Manifest): Tree[] {
  return manifest.names('storage', 'volumes').map((name) => {
    const at = ['storage', 'volumes', name, 'efs'] as const
    const fileSystemId = manifest.text(...at, 'id')
    if (fileSystemId === undefined) return { name }
    const iam = manifest.boolean(...at, 'auth', 'iam')
    const authorizationConfig = membersOf({
      accessPointId: manifest.text(...at, 'auth', 'access_point_id'),
      iam: iam === undefined ? undefined : iam ? 'ENABLED' : 'DISABLED',
    })
    const configuration = membersOf({
      fileSystemId,
      rootDirectory: manifest.text(...at, 'root_dir'),
      transitEncryption: 'ENABLED',
      authorizationConfig,
    })
    return { name, efsVolumeConfiguration: configuration }
  })
}
