// Creates a target group; the same settings again return the existing one.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
import type { CreateTargetGroupInput, CreateTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { isDeepStrictEqual } from 'node:util'
import { AwsFault } from '../../world/fault.ts'
import { checkName } from '../loadBalancer.ts'
import { checkTags, putTags } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { TargetGroup } from '../../world/world.ts'
import { newTargetGroup, shownTargetGroup } from '../targetGroup.ts'
import { targetGroupAttributes } from '../attributes.ts'

export const createTargetGroup: Operation<CreateTargetGroupInput, CreateTargetGroupOutput> = (
  input,
  context,
): Wire<CreateTargetGroupOutput> => {
  const { region } = context
  checkName('Target group', input.Name)
  checkTags(input.Tags)
  const targetGroup = newTargetGroup(context, input)
  const existing = Object.values(region.targetGroups).find((each) => each.targetGroup.TargetGroupName === input.Name)
  if (existing && isDeepStrictEqual(settingsOf(existing.targetGroup), settingsOf(targetGroup))) {
    return { TargetGroups: [shownTargetGroup(region, existing)] }
  }
  if (existing) {
    const message = `A target group with the same name '${input.Name}' exists, but with different settings`
    throw new AwsFault('DuplicateTargetGroupName', message)
  }
  const arn = targetGroup.TargetGroupArn
  const record = { targetGroup, attributes: targetGroupAttributes(targetGroup), targets: [] }
  region.targetGroups[arn] = record
  putTags(region, arn, input.Tags)
  return { TargetGroups: [shownTargetGroup(region, record)] }
}

const settingsOf = ({ TargetGroupArn: _, ...settings }: TargetGroup) => settings
