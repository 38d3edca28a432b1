/** All logs for the golden files. */
import type { ToldEvent } from '../../../src/engine/events.ts'
import { failedMigration } from './failedMigration.ts'
import { failedRollout } from './failedRollout.ts'
import { goodDeploy } from './goodDeploy.ts'
import { refusedDefinition } from './refusedDefinition.ts'
import { refresh } from './refresh.ts'
import { tenServices } from './tenServices.ts'
import { thirtyServices } from './thirtyServices.ts'

export const logs: Readonly<Record<string, readonly ToldEvent[]>> = {
  goodDeploy,
  failedRollout,
  failedMigration,
  refusedDefinition,
  tenServices,
  thirtyServices,
  refresh,
}
