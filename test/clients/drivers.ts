// Starts a local AWS and the Python clients for the tests of a file.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import { type RunningLocalAws, runLocalAws } from '../commands/runningLocalAws.ts'
import { type Ended, emptyEnvironment, endAll, startProcess } from '../commands/support.ts'
import { type Boto3, startBoto3 } from './boto3.ts'

/** A started local AWS and the Python clients that are pointed at it. */
export interface Drivers {
  readonly local: RunningLocalAws
  readonly boto3: Boto3
  /** Runs `python WORDS…`; the AWS CLI is `-m awscli`. */
  readonly python: (words: readonly string[], env?: Record<string, string>) => Promise<Ended>
}

const installed = inject('python')

/** Starts `ecs-task local` with these words, and boto3. Where there is no Python, `python` and `boto3` are not to be used. */
export async function startDrivers(words: readonly string[], services?: readonly string[]): Promise<Drivers> {
  const local = await runLocalAws(words, services)
  const env = {
    ...emptyEnvironment(local.folder),
    ...local.env,
    AWS_PAGER: '',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: fileURLToPath(new URL('recording', import.meta.url)),
    RECORDED_ANSWERS: inject('answers'),
  }
  const program = installed.missing === undefined ? installed.program : ''
  const at = { folder: local.folder, env }
  return {
    local,
    boto3: startBoto3(program, at),
    python: (given, more = {}) => startProcess(program, given, { cwd: local.folder, env: { ...env, ...more } }).ended,
  }
}

/** The tests of a file need Python: without it they are skipped. One local AWS serves them all, ten minutes to a second. */
export function useDrivers(): { boto3: Boto3; python: Drivers['python']; local: () => RunningLocalAws } {
  let started: Drivers | undefined
  beforeEach(({ skip }) => skip(installed.missing !== undefined, installed.missing))
  beforeAll(async () => {
    if (installed.missing === undefined) started = await startDrivers(['--speed', '600'])
  })
  afterAll(endAll)
  return {
    boto3: {
      call: (...of) => started!.boto3.call(...of),
      pages: (...of) => started!.boto3.pages(...of),
      events: (...of) => started!.boto3.events(...of),
      wait: (...of) => started!.boto3.wait(...of),
      get called() {
        return started!.boto3.called
      },
    },
    python: (...of) => started!.python(...of),
    local: () => started!.local,
  }
}
