import type { Input } from '../aws.ts'
import type { PlannedInput, Step } from '../step.ts'
import { type StepKind, sends } from '../stepKind.ts'

/** Changes a listener, and back again should the run fail. `name` is its load balancer's. */
export function modifyListener(
  of: {
    readonly name: string
    readonly before: Input<'modifyListener'>
    readonly after: PlannedInput<'modifyListener'>
  },
  changes: readonly string[],
): Step<'modifyListener'> {
  const { name, before, after } = of
  return {
    id: `modifyListener ${name}`,
    title: `Change the listener of ${name}`,
    call: { method: 'modifyListener', input: after },
    changes,
    undo: [
      {
        id: `modifyListener ${name} back`,
        title: `Change the listener of ${name} back`,
        call: { method: 'modifyListener', input: before },
      },
    ],
  }
}

export const modifyListenerKind: StepKind<'modifyListener'> = { perform: sends('modifyListener') }
