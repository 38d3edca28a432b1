// Sets attributes of a target group.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroupAttributes.html
import type {
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { shownAttributes, setTargetGroupAttributes } from '../attributes.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findTargetGroup } from '../targetGroup.ts'

export const modifyTargetGroupAttributes: Operation<
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput
> = ({ TargetGroupArn, Attributes }, { region }): Wire<ModifyTargetGroupAttributesOutput> => {
  const { attributes } = findTargetGroup(region, TargetGroupArn)
  setTargetGroupAttributes(attributes, Attributes)
  return { Attributes: shownAttributes(attributes) }
}
