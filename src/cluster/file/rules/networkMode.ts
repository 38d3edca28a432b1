// The network mode must be one in which the tasks can do what else is said of them.
import { parsePort } from '../forms.ts'
import { about, hasOwnInterface, isFargate, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, textAt, textsAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html */
export function networkModeFits({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => {
    const node = at(service.node, 'network_mode')
    const mode = textAt(service.node, 'network_mode')
    if (!node || mode === undefined || mode === 'awsvpc') return []
    const needs = isFargate(service)
      ? 'tasks on Fargate'
      : ['dns_discovery', 'network'].filter((key) => at(service.node, key)).map((key) => `tasks with ${key}`)[0]
    return [
      ...(needs === undefined ? [] : [about(node, `${needs} need awsvpc, an address of their own`)]),
      ...(mode === 'host' ? portsOfTheInstance(service) : []),
      ...(mode === 'none' ? portsOfNothing(service) : []),
    ]
  })
}

function portsOfTheInstance({ containers }: Service): Finding[] {
  return containers
    .flatMap(({ node }) => textsAt(node, 'ports'))
    .flatMap((port) => {
      const { host, container } = parsePort(port.text)
      const isSame = host === undefined || host === container
      return isSame ? [] : [about(port, 'in network_mode host no port leads to another; use bridge, or one port')]
    })
}

function portsOfNothing({ node, containers }: Service): Finding[] {
  const ports = containers.flatMap((container) => at(container.node, 'ports') ?? [])
  const elb = at(node, 'elb')
  return [...ports, ...(elb ? [elb] : [])].map((one) => about(one, 'in network_mode none nothing reaches the tasks'))
}

/** Warns of services that get `host` because nothing is said: their containers listen on the ports of the instance. */
export function hostIsSaid({ services }: UnvalidatedStack): Finding[] {
  const silent = services.filter((service) => !at(service.node, 'network_mode') && isHostByDefault(service))
  const [first] = silent
  if (!first) return []
  const names = silent.map(({ name }) => name).join(', ')
  return [
    {
      place: first.node.place,
      sentence: `network_mode of ${names} is host, as in ecs-compose: the containers have the ports of the instance. Say network_mode: host or, for ports of their own, bridge.`,
    },
  ]
}

function isHostByDefault(service: Service): boolean {
  const ports = service.containers.flatMap(({ node }) => textsAt(node, 'ports'))
  return !hasOwnInterface(service) && ports.every(({ text }) => parsePort(text).host === parsePort(text).container)
}
