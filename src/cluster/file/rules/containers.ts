// A task has at most ten containers, each with a name of its own, and no variable is also a secret.
import { mostContainers } from '../../../definition/limits.ts'
import { about, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, entriesAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export function containersAreTellable({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap(({ name, node, containers }) => {
    const [, ...further] = containers
    const same = further.filter((container) => container.name === name)
    const most =
      containers.length > mostContainers
        ? [about(at(node, 'containers')!, `a task has at most ${mostContainers} containers, not ${containers.length}`)]
        : []
    const both = containers.flatMap((container) => {
      const secrets = new Map(entriesAt(container.node, 'secrets'))
      return entriesAt(container.node, 'environment')
        .filter(([variable]) => secrets.has(variable))
        .map(([variable, value]) =>
          about(value, `${variable} is a secret of the same container; leave one of them out`),
        )
    })
    return [
      ...same.map((container) => about(container.node, `is the name of the service's own container; choose another`)),
      ...most,
      ...both,
    ]
  })
}
