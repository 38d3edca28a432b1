import { Command, Option } from 'clipanion'
import type { Context } from './program/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { loadLocal } from './program/loadLocal.ts'

export class LocalCommand extends Command<Context> {
  static override paths = [['local']]
  static override usage = Command.Usage({
    description: 'Start a local AWS',
    details: `
      Starts a server on 127.0.0.1 that speaks the wire protocols of ECS, EventBridge, CloudWatch Logs, SNS and STS and
      prints its URL when it is ready. SDKs, the AWS CLI and boto3 use it through AWS_ENDPOINT_URL. Ctrl-C ends it.
    `,
    examples: [
      ['Start it', '$0 local'],
      ['A minute passes in a second, and the world is kept', '$0 local --speed 60 --state world.json'],
    ],
  })

  port = Option.String('--port', '4570', { description: 'The port; 0 for any free one' })
  speed = Option.String('--speed', '1', { description: 'How much faster than life its clock runs' })
  state = Option.String('--state', { description: 'The file in which its world is kept between runs' })

  override async execute(): Promise<number> {
    const { stdout, stderr, onSignal } = this.context
    const port = numberOf(
      this.port,
      '--port',
      (value) => Number.isInteger(value) && value >= 0 && value < 65_536,
      'a whole number from 0 to 65535',
    )
    const speed = numberOf(
      this.speed,
      '--speed',
      (value) => value > 0 && Number.isFinite(value),
      'a number above 0, as in 60',
    )
    const { startLocalAws } = await loadLocal()
    const warn = (line: string): void => void stderr.write(`${line}\n`)
    const local = await startLocalAws({
      port,
      speed,
      warn,
      ...(this.state !== undefined && { state: this.state }),
    }).catch((error: Error) => {
      throw new EcsTaskError('BadArguments', 'The local AWS cannot start.', { why: error.message, cause: error })
    })
    stdout.write(`${local.url}\n`)
    await new Promise<void>((resolve) => onSignal(() => resolve()))
    await local.close()
    return 0
  }
}

function numberOf(text: string, option: string, isValid: (value: number) => boolean, wanted: string): number {
  const value = Number(text)
  if (text.trim() !== '' && isValid(value)) return value
  throw new EcsTaskError('BadArguments', `${option} ${text} is not a number that it can be.`, {
    fix: `Give ${wanted}.`,
  })
}
