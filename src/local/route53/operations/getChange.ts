import { shownChange } from '../change.ts'
import type { Operation } from '../../world/operation.ts'

/** How far a change has come. https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html */
export const getChange: Operation = ({ Id }, context) => ({ ChangeInfo: shownChange(context, Id) })
