// The containers of a manifest: the main one, and its sidecars.
import { Noted, type Tree, comments } from '../tree.ts'
import { leftLines } from './leftovers.ts'
import type { Manifest, Path } from './manifest.ts'
import { type Valued, membersOf, secretsOf, variablesOf } from './values.ts'

/** The main container, after which the task is called. */
export function mainContainer(manifest: Manifest, name: string): Valued {
  const port = manifest.number('image', 'port')
  const destination = manifest.names('logging', 'destination')
  const container = membersOf({
    name,
    image: manifest.text('image', 'location') ?? noImage,
    repositoryCredentials: credentials(manifest, ['image', 'credentials']),
    portMappings: port === undefined ? undefined : [{ containerPort: port }],
    entryPoint: manifest.words('entrypoint'),
    command: manifest.words('command'),
    environment: variablesOf(manifest, ['variables']),
    mountPoints: mountPointsOf(manifest),
    secrets: secretsOf(manifest, ['secrets']),
    dependsOn: dependsOn(manifest, ['image', 'depends_on']),
    readonlyRootFilesystem: manifest.boolean('storage', 'readonly_fs'),
    dockerLabels: map(manifest, ['image', 'labels']),
    logConfiguration:
      destination.length === 0
        ? undefined
        : {
            logDriver: 'awsfirelens',
            ...membersOf({
              options: map(manifest, ['logging', 'destination']),
              secretOptions: secretsOf(manifest, ['logging', 'secretOptions']),
            }),
          },
    healthCheck: healthCheck(manifest, ['image', 'healthcheck']),
  })
  const own = ['image', 'variables', 'secrets', 'env_file', 'entrypoint', 'command']
  const left = manifest.left().filter(({ path: [key] }) => own.includes(String(key)))
  const logs = ['Copilot logs to CloudWatch: declare logConfiguration with your log group.']
  return {
    ...container,
    ...comments([...(destination.length === 0 ? logs : []), ...leftLines(left)]),
  }
}

/** What stands for an image that Copilot builds. */
const noImage = new Noted('my_image:<image_tag>', [
  'The manifest names no image: put your repository in place of my_image.',
])

export function sidecars(manifest: Manifest): Valued[] {
  return manifest.names('sidecars').map((name) => {
    const at = (...path: Path): Path => ['sidecars', name, ...path]
    const container = membersOf({
      name,
      image: manifest.text(...at('image')) ?? manifest.text(...at('image', 'location')) ?? noImage,
      repositoryCredentials: credentials(manifest, at('credentialsParameter')),
      portMappings: portOf(manifest, at('port')),
      essential: manifest.boolean(...at('essential')),
      entryPoint: manifest.words(...at('entrypoint')),
      command: manifest.words(...at('command')),
      environment: variablesOf(manifest, at('variables')),
      mountPoints: mountsOf(manifest, at('mount_points')),
      secrets: secretsOf(manifest, at('secrets')),
      dependsOn: dependsOn(manifest, at('depends_on')),
      dockerLabels: map(manifest, at('labels')),
      healthCheck: healthCheck(manifest, at('healthcheck')),
    })
    return { ...container, ...comments(leftLines(manifest.left(at()))) }
  })
}

/** What sends logs where `logging.destination` says. */
export function logRouter(manifest: Manifest): Valued[] {
  if (manifest.names('logging', 'destination').length === 0) return []
  const file = manifest.text('logging', 'configFilePath')
  const metadata = manifest.boolean('logging', 'enableMetadata') ?? true
  return [
    membersOf({
      name: 'firelens_log_router',
      image: manifest.text('logging', 'image') ?? 'public.ecr.aws/aws-observability/aws-for-fluent-bit:stable',
      environment: variablesOf(manifest, ['logging', 'variables']),
      secrets: secretsOf(manifest, ['logging', 'secrets']),
      firelensConfiguration: {
        type: 'fluentbit',
        options: {
          'enable-ecs-log-metadata': String(metadata),
          ...(file !== undefined && { 'config-file-type': 'file', 'config-file-value': file }),
        },
      },
    }),
  ]
}

function credentials(manifest: Manifest, path: Path): Tree | undefined {
  const credentialsParameter = manifest.text(...path)
  return credentialsParameter === undefined ? undefined : { credentialsParameter }
}

/** `80`, or `53/udp`. */
function portOf(manifest: Manifest, path: Path): Tree | undefined {
  return manifest.take(
    (value) => {
      const [, number, protocol] = /^(\d+)(?:\/(tcp|udp))?$/i.exec(String(value)) ?? []
      if (number === undefined) return undefined
      return [{ containerPort: Number(number), ...(protocol !== undefined && { protocol: protocol.toLowerCase() }) }]
    },
    ...path,
  )
}

function dependsOn(manifest: Manifest, path: Path): Tree[] {
  return manifest.names(...path).flatMap((containerName) => {
    const condition = manifest.take(
      (value) => {
        const upper = String(value).toUpperCase()
        return ['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'].includes(upper) ? upper : undefined
      },
      ...path,
      containerName,
    )
    return condition === undefined ? [] : { containerName, condition }
  })
}

function healthCheck(manifest: Manifest, path: Path): Tree | undefined {
  const value = manifest.at(...path, 'command')
  const command =
    typeof value === 'string'
      ? ['CMD-SHELL', manifest.text(...path, 'command') ?? '']
      : manifest.words(...path, 'command')
  if (command === undefined) return undefined
  return {
    command,
    ...membersOf({
      interval: manifest.seconds(...path, 'interval'),
      timeout: manifest.seconds(...path, 'timeout'),
      retries: manifest.number(...path, 'retries'),
      startPeriod: manifest.seconds(...path, 'start_period'),
    }),
  }
}

/** Texts by name. */
function map(manifest: Manifest, path: Path): Valued {
  return membersOf(Object.fromEntries(manifest.names(...path).map((name) => [name, manifest.text(...path, name)])))
}

function mountPointsOf(manifest: Manifest): Tree[] {
  return manifest.names('storage', 'volumes').flatMap((name) => {
    const at: Path = ['storage', 'volumes', name]
    const containerPath = manifest.text(...at, 'path')
    // Copilot mounts volumes read-only unless the manifest says otherwise.
    const readOnly = manifest.boolean(...at, 'read_only') ?? true
    return containerPath === undefined ? [] : { sourceVolume: name, containerPath, ...(readOnly && { readOnly }) }
  })
}

function mountsOf(manifest: Manifest, path: Path): Tree[] {
  const list = manifest.at(...path)
  if (!Array.isArray(list)) return []
  return list.map((_one, index) =>
    membersOf({
      sourceVolume: manifest.text(...path, index, 'source_volume'),
      containerPath: manifest.text(...path, index, 'path'),
      readOnly: manifest.boolean(...path, index, 'read_only') ?? true,
    }),
  )
}
