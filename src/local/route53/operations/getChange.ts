// Returns whether a change has reached all name servers.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html
import { shownChange } from '../change.ts'
import type { Operation } from '../../world/operation.ts'

export const getChange: Operation = ({ Id }, context) => ({ ChangeInfo: shownChange(context, Id) })
