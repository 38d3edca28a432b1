import { isDeepStrictEqual } from 'node:util'
import { regionOf } from './make.ts'
import type { Ended } from './seen.ts'
import { nameOf } from './touched.ts'

/** Whether `is` is what there is in place of `was`, which can no longer be deployed: the same, registered once more. */
export function isCopyOf({ aws, after }: Ended, was: string, is: string): boolean {
  const containersOf = (arn: string): unknown => {
    const [family = '', revision] = nameOf(arn).split(':')
    const found = regionOf(aws).taskDefinitions[family]?.find(
      ({ taskDefinition }) => String(taskDefinition.revision) === revision,
    )
    return found?.taskDefinition.containerDefinitions
  }
  return was !== is && !after.active.includes(was) && isDeepStrictEqual(containersOf(was), containersOf(is))
}
