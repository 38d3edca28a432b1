// Sets attributes of a target group.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroupAttributes.html
import { shownAttributes, setTargetGroupAttributes } from '../attributes.ts'
import type { Operation } from '../../world/operation.ts'
import { findTargetGroup } from '../targetGroup.ts'

export const modifyTargetGroupAttributes: Operation = ({ TargetGroupArn, Attributes }, { region }) => {
  const { attributes } = findTargetGroup(region, TargetGroupArn)
  setTargetGroupAttributes(attributes, Attributes)
  return { Attributes: shownAttributes(attributes) }
}
