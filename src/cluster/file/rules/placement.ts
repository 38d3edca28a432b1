// Placement constraints of the type memberOf need an expression.
import { about, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, itemsAt, textAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html */
export function constraintsHaveTheirExpression({ services }: UnvalidatedStack): Finding[] {
  return services
    .flatMap(({ node }) => itemsAt(node, 'placement_constraints'))
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
