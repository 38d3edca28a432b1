// The same refusal under another error code.
import { AwsFault } from '../world/fault.ts'

/** What `run` answers; a refusal of it carries the code that the service at hand has for such things. */
export function refuseAs<Answer>(code: string, run: () => Answer): Answer {
  try {
    return run()
  } catch (fault) {
    if (fault instanceof AwsFault) throw new AwsFault(code, fault.message)
    throw fault
  }
}
