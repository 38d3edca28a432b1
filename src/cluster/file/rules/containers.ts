import { at, entriesAt } from '../checked.ts'
import { about, type Draft } from '../draft.ts'
import type { Finding } from '../written.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export function containersAreTellable({ services }: Draft): Finding[] {
  return services.flatMap(({ name, checked, containers }) => {
    const [, ...further] = containers
    const same = further.filter((container) => container.name === name)
    const most =
      further.length > 9
        ? [about(at(checked, 'containers')!, `a task has at most 10 containers, not ${containers.length}`)]
        : []
    const both = containers.flatMap((container) => {
      const secrets = new Map(entriesAt(container.checked, 'secrets'))
      return entriesAt(container.checked, 'environment')
        .filter(([variable]) => secrets.has(variable))
        .map(([variable, value]) =>
          about(value, `${variable} is a secret of the same container; leave one of them out`),
        )
    })
    return [
      ...same.map((container) =>
        about(container.checked, `is the name of the service's own container; choose another`),
      ),
      ...most,
      ...both,
    ]
  })
}
