import { type CheckedText, textsAt } from '../checked.ts'
import { about, type Draft, hasOwnInterface } from '../draft.ts'
import { parsePort } from '../port.ts'
import type { Service } from '../service.ts'
import type { Finding } from '../written.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
export function portsAreFree({ services }: Draft): Finding[] {
  return services.flatMap((service) => {
    const ports = service.containers.flatMap(({ checked }) => textsAt(checked, 'ports'))
    return [
      ...ports.flatMap(inRange),
      ...ports.flatMap((port) => sameAsContainer(port, service)),
      ...taken(ports, service),
    ]
  })
}

function inRange(port: CheckedText): Finding[] {
  const { host = 0, container } = parsePort(port.text)
  const isPossible = host <= 65_535 && container >= 1 && container <= 65_535
  return isPossible ? [] : [about(port, 'a port must be from 1 to 65535')]
}

function sameAsContainer(port: CheckedText, service: Service): Finding[] {
  const { host, container } = parsePort(port.text)
  if (!hasOwnInterface(service) || host === undefined || host === container) return []
  return [
    about(
      port,
      `the tasks of ${service.name} have an address of their own, where no port leads to another; write the container's port alone`,
    ),
  ]
}

function taken(ports: readonly CheckedText[], service: Service): Finding[] {
  const first = new Map<string, CheckedText>()
  return ports.flatMap((port) => {
    const { host, container, protocol } = parsePort(port.text)
    const opened = host ?? (hasOwnInterface(service) ? container : undefined)
    const earlier = first.get(`${opened}/${protocol}`)
    if (opened !== undefined && !earlier) first.set(`${opened}/${protocol}`, port)
    return opened !== undefined && earlier ? [about(port, `the port is taken by ${earlier.path} already`)] : []
  })
}
