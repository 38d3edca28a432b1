import type { Declared } from '../../src/definition.ts'

export type { Declared, EventTarget, ServiceUpdate, TaskDefinition, TaskRun } from '../../src/definition.ts'

/** The class that users extend, as far as its members' types go. */
// Only a merged interface lets a subclass write a field or a getter for a member, or leave it out.
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface EcsTask extends Declared {}
export abstract class EcsTask {
  async main(): Promise<void> {}
}
