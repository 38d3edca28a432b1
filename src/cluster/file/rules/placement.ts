import { at, itemsAt, textAt } from '../checked.ts'
import { about, type Draft } from '../draft.ts'
import type { Finding } from '../written.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html */
export function constraintsHaveTheirExpression({ services }: Draft): Finding[] {
  return services
    .flatMap(({ checked }) => itemsAt(checked, 'placement_constraints'))
    .flatMap((constraint) => {
      const expression = at(constraint, 'expression')
      const type = textAt(constraint, 'type')
      if (type === 'distinctInstance' && expression) {
        return [about(expression, 'distinctInstance takes none; leave it out, or use memberOf')]
      }
      if (type !== 'memberOf' || expression) return []
      return [about(constraint, 'memberOf needs an expression, as in attribute:ecs.instance-type =~ p3.*')]
    })
}
