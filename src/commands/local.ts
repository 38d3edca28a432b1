// `ecs-task local` serves the local AWS until it is interrupted.
import { defined } from '../ground/defined.ts'
import { exitCodeOf } from '../ground/exitCode.ts'
import { visible } from '../ground/visible.ts'
import { Command, Option } from 'clipanion'
import { SayingCommand } from './program/command.ts'
import { parsed } from './options/composedOption.ts'
import { readPolicy, startLocalAws } from './program/localAws.ts'
import { nonEmpty, numberThat } from './options/optionValues.ts'
import { shellEnded } from './program/shellEnded.ts'

const portNumber = numberThat(
  (value) => Number.isInteger(value) && value >= 0 && value < 65_536,
  'a whole number from 0 to 65535',
)
const clockSpeed = numberThat((value) => value > 0 && value <= 1_000_000, 'a number above 0, up to 1000000, as in 60')

export class LocalCommand extends SayingCommand {
  static override paths = [['local']]
  static override usage = Command.Usage({
    description: 'Start a local AWS',
    details: `
      Starts a server on 127.0.0.1 that speaks AWS's wire protocols: ECS, EventBridge, CloudWatch Logs, SNS, STS and more.
      Prints its URL when it is ready. SDKs, the AWS CLI and boto3 use it through AWS_ENDPOINT_URL. Ctrl-C ends it.
    `,
    examples: [
      ['Start it', '$0 local'],
      ['Run 60 times faster, and keep the state', '$0 local --speed 60 --state state.json'],
      ['Rehearse a deploy with its IAM policy', '$0 local --policy policy.json'],
    ],
  })

  port = parsed(
    Option.String('--port', '4570', { description: 'Listen on this port; 0 for any free one [4570]' }),
    portNumber('--port'),
  )
  speed = parsed(
    Option.String('--speed', '1', { description: 'Set the clock speed: 60 makes a minute pass in a second [1]' }),
    clockSpeed('--speed'),
  )
  state = parsed(
    Option.String('--state', { description: 'Keep the state in this file between runs' }),
    nonEmpty('--state'),
  )
  policy = parsed(
    Option.String('--policy', { description: 'Deny what the IAM policy in this file does not allow' }),
    nonEmpty('--policy'),
  )

  override async execute(): Promise<number> {
    const { port, speed, state, saying } = this
    const policy = this.policy === undefined ? undefined : await readPolicy(this.policy)
    const { stdout, stderr, onSignal, env } = this.context
    // From before the URL is there: whoever reads it may end the server or its shell at once.
    const interrupted = new Promise<void>((resolve) => onSignal(() => resolve()))
    const abandoned = shellEnded(env)
    const warn = (line: string): void => void stderr.write(`${visible(line)}\n`)
    const local = await startLocalAws({ port, speed, warn, ...defined({ state, policy }) })
    if (!saying.quiet) stdout.write(`${local.url}\n`)
    if (saying.verbose)
      warn(`Clock speed: ${speed}. State: ${state ?? 'not kept'}. Policy: ${this.policy ?? 'everything is allowed'}.`)
    await Promise.race([interrupted, abandoned])
    return exitCodeOf((await local.close()) ? 'succeeded' : 'halfDone')
  }
}
