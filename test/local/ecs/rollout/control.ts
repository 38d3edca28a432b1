// Calls of the local AWS itself, such as setting an alarm.
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { Refusal, type TestAws } from '../../support.ts'

/** Asks the local AWS for what AWS cannot do: `POST /_local/alarm` and so on; throws a Refusal. */
export function control(aws: TestAws, name: string, input: Unchecked): Unchecked {
  const { status, body } = aws.handle({
    method: 'POST',
    path: `/_local/${name}`,
    headers: {},
    body: JSON.stringify(input),
  })
  if (status === 200) return JSON.parse(body)
  const { __type: code, message } = JSON.parse(body)
  throw new Refusal(code, message, status, body)
}

export const setAlarm = (aws: TestAws, state: string, name = 'errors'): Unchecked =>
  control(aws, 'alarm', { name, state })
