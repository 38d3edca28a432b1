import type { Wire } from '../../src/local/operation.ts'
import { Refusal, type TestAws } from './support.ts'

/** Asks the local AWS for what AWS cannot do: `POST /_local/alarm` and so on; throws a Refusal. */
export function control(aws: TestAws, name: string, input: Wire): Wire {
  const { status, body } = aws.handle({
    method: 'POST',
    path: `/_local/${name}`,
    headers: {},
    body: JSON.stringify(input),
  })
  const output = JSON.parse(body)
  if (status !== 200) throw new Refusal(output.__type, output.message, status, body)
  return output
}

export const setAlarm = (aws: TestAws, state: string, name = 'errors'): Wire => control(aws, 'alarm', { name, state })
