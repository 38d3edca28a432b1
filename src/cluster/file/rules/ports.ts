// Ports must be valid, and no port is used twice.
import { parsePort } from '../forms.ts'
import { about, hasOwnInterface, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { textAt, textsAt, type ValidatedText } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
export function portsAreFree({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => {
    const ports = service.containers.flatMap(({ node }) => textsAt(node, 'ports'))
    return [
      ...ports.flatMap(inRange),
      ...ports.flatMap((port) => sameAsContainer(port, service)),
      ...taken(ports, service),
    ]
  })
}

function inRange(port: ValidatedText): Finding[] {
  const { host = 0, container } = parsePort(port.text)
  const isPossible = host <= 65_535 && container >= 1 && container <= 65_535
  return isPossible ? [] : [about(port, 'a port must be from 1 to 65535')]
}

function sameAsContainer(port: ValidatedText, service: Service): Finding[] {
  const { host, container } = parsePort(port.text)
  if (!hasOwnInterface(service) || host === undefined || host === container) return []
  return [
    about(
      port,
      `the tasks of ${service.name} have an address of their own, where no port leads to another; write the container's port alone`,
    ),
  ]
}

function taken(ports: readonly ValidatedText[], service: Service): Finding[] {
  const first = new Map<string, ValidatedText>()
  const isHost = textAt(service.node, 'network_mode') === 'host'
  return ports.flatMap((port) => {
    const { host, container, protocol } = parsePort(port.text)
    const opened = host ?? (hasOwnInterface(service) || isHost ? container : undefined)
    const earlier = first.get(`${opened}/${protocol}`)
    if (opened !== undefined && !earlier) first.set(`${opened}/${protocol}`, port)
    return opened !== undefined && earlier ? [about(port, `the port is taken by ${earlier.path} already`)] : []
  })
}
