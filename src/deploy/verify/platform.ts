/** The platform that an image must be built for. */
import type { TaskDefinition } from '../../definition/definition.ts'

/** As image manifests name it: `linux` and `arm64`. */
export interface Platform {
  readonly os: string
  readonly architecture: string
}

/**
 * What a task runs on; undefined on instances where the task definition does not say, since they decide.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html
 */
export function platformOf({ runtimePlatform }: TaskDefinition, isOnFargate: boolean): Platform | undefined {
  const { cpuArchitecture, operatingSystemFamily } = runtimePlatform ?? {}
  if (!isOnFargate && cpuArchitecture === undefined) return undefined
  return {
    os: operatingSystemFamily?.startsWith('WINDOWS') ? 'windows' : 'linux',
    architecture: cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64',
  }
}

/** Why an image cannot run there, and what to do. Nothing where its platforms are not known. */
export function platformProblem(
  image: string,
  built: readonly Platform[],
  wanted: Platform | undefined,
): { readonly what: string; readonly fix: string } | undefined {
  if (!wanted || built.length === 0) return undefined
  if (built.some(({ os, architecture }) => os === wanted.os && architecture === wanted.architecture)) return undefined
  const architecture = { amd64: 'X86_64', arm64: 'ARM64' }[built[0]?.architecture ?? '']
  const instead = architecture ? `, or set runtimePlatform.cpuArchitecture to ${architecture}` : ''
  return {
    what: `${image} is built for ${built.map(shown).join(', ')}, and the tasks run on ${shown(wanted)}.`,
    fix: `Build it with --platform ${shown(wanted)}${instead}.`,
  }
}

const shown = ({ os, architecture }: Platform): string => `${os}/${architecture}`

/** The platform that the configuration of an image names. */
export function platformIn(config: string): Platform[] {
  return platformsIn(`{"manifests":[{"platform":${config}}]}`)
}

/** The platforms in a list of manifests; none of a manifest of one image. Attestations have the platform `unknown`. */
export function platformsIn(manifest: string): Platform[] {
  let parsed: { manifests?: readonly { platform?: Partial<Platform> }[] } | null
  try {
    parsed = JSON.parse(manifest)
  } catch {
    return []
  }
  const manifests = Array.isArray(parsed?.manifests) ? parsed.manifests : []
  return manifests.flatMap(({ platform: { os, architecture } = {} }) =>
    typeof os === 'string' && typeof architecture === 'string' && os !== 'unknown' ? [{ os, architecture }] : [],
  )
}
