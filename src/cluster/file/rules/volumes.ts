// A path is mounted once, and containers agree about the volumes they share.
import { parseVolume } from '../forms.ts'
import { about, isFargate, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { textsAt, type ValidatedText } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html */
export function volumesAgree({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => {
    const all = service.containers.map(({ node }) => textsAt(node, 'volumes'))
    const onHost = isFargate(service) ? all.flat().filter(({ text }) => parseVolume(text).host !== undefined) : []
    return [
      ...all.flatMap(mountedTwice),
      ...twoHosts(all.flat()),
      ...onHost.map((volume) =>
        about(volume, 'Fargate has no instance to take a path from; write NAME:CONTAINER_PATH'),
      ),
    ]
  })
}

function mountedTwice(volumes: readonly ValidatedText[]): Finding[] {
  const first = new Map<string, ValidatedText>()
  return volumes.flatMap((volume) => {
    const { container } = parseVolume(volume.text)
    const earlier = first.get(container)
    if (!earlier) first.set(container, volume)
    return earlier ? [about(volume, `${earlier.path} is mounted there already`)] : []
  })
}

/** A volume is the task's: all containers that name it have the same one. */
function twoHosts(volumes: readonly ValidatedText[]): Finding[] {
  const first = new Map<string, ValidatedText>()
  return volumes.flatMap((volume) => {
    const { name, host } = parseVolume(volume.text)
    const earlier = first.get(name) ?? volume
    first.set(name, earlier)
    if (parseVolume(earlier.text).host === host) return []
    return [
      about(volume, `the volume of this name is another path of the host at ${earlier.path}; give one another name`),
    ]
  })
}
