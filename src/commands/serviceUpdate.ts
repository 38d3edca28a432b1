import { Command, Option } from 'clipanion'
import type { Transport } from '../aws/aws.ts'
import { sdkTransport } from '../aws/sdk.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { Listener } from '../engine/events.ts'
import type { Task } from '../deploy/definitionCommand.ts'
import { FollowCommand, tasksOf } from './program/performCommand.ts'
import { visible } from '../ground/visible.ts'
import { taskDefinitionFile } from '../deploy/taskDefinitionFile.ts'
import { updateService } from '../deploy/updateService.ts'
import { checkPolicy } from './program/writeCommand.ts'

const wordOf = { arity: 1 } as const

const visibleKeys =
  'Keys on the command line are visible to every process of this machine: use AWS_PROFILE or the environment.'

/** `ecs-task service update`; its short options are those of ecs-deploy.py. */
export class ServiceUpdateCommand extends FollowCommand {
  static override paths = [['service', 'update']]
  static override usage = Command.Usage({
    description: 'Update a running service without a class',
    details: `
      Reads what the service runs, changes what is said here and nothing else, registers it where that makes a difference,
      and follows the rollout; a failure puts everything back.
    `,
    examples: [
      ['A new image', '$0 service update -c prod -n doorman -i docker.repo.com/doorman:v42'],
      ['One container', '$0 service update -c c -n s -i app=repo/img:v2 --env app=LEVEL=debug'],
      ['A secret', '$0 service update -c c -n s --secret app=KEY=arn:aws:ssm:…'],
      ['Every service that runs a family', '$0 service update -c c --task-definition web --image repo/web:v2'],
    ],
  })

  override region = Option.String('-r,--region', {
    description: 'The AWS region; else the environment or profile says',
  })
  override profile = Option.String('-p,--profile', { description: 'The profile in the AWS configuration files' })
  override timeout = Option.String('-t,--timeout', '15m', { description: 'Limit of the rollout: 90s, 15m, 1h' })
  cluster = Option.String('-c,--cluster', 'default', { description: 'The cluster' })
  service = Option.String('-n,--service,--service-name', { description: 'The service; else all of --task-definition' })
  image = Option.Array('-i,--image', {
    ...wordOf,
    description: 'repo/img:v2 for every container of that repository, or container=image',
  })
  envs = Option.Array('--env', { ...wordOf, description: 'container=NAME=value; an empty value unsets' })
  secrets = Option.Array('--secret', { ...wordOf, description: 'container=NAME=valueFrom; an empty one unsets' })
  logOptions = Option.Array('--log-option', { ...wordOf, description: 'container=driver=option=value' })
  logSecrets = Option.Array('--log-secret', { ...wordOf, description: 'container=driver=option=valueFrom' })
  taskRole = Option.String('--task-role', { description: 'The ARN of the task role, or none' })
  cpu = Option.String('--cpu', { description: 'The cpu of the task' })
  memory = Option.String('--memory', { description: 'The memory of the task' })
  desiredCount = Option.String('-D,--desired-count', { description: 'How many tasks' })
  minHealthy = Option.String('-m,--min,--min-healthy', { description: 'minimumHealthyPercent' })
  max = Option.String('-M,--max', { description: 'maximumPercent' })
  taskDefinition = Option.String('-d,--task-definition', { description: 'Start from this family or revision' })
  file = Option.String('--task-definition-file', { description: 'Start from this JSON file' })
  family = Option.String('--family', { description: 'The family, where the file is a list of containers' })
  tagEnvVar = Option.String('-e,--tag-env-var', { description: 'Take the tag of --image from this variable' })
  keep = Option.String('--keep,--max-definitions', { description: 'How many revisions stay ACTIVE; else all' })
  makeRoom = Option.Boolean('--make-room', false, { description: 'Take a task away first and give it back last' })
  minimumRunningTasks = Option.String('--minimum-running-tasks', '2', {
    description: 'Make room only where so many run',
  })
  force = Option.Boolean('--force', false, { description: 'Start a deployment also where nothing changes' })
  dryRun = Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })
  wait = Option.Boolean('--wait', true, { description: 'Follow the rollout to its end; --no-wait does not' })
  onFailure = Option.String('--on-failure', 'rollback', { description: 'rollback, leave or stop' })
  accessKey = Option.String('-k,--aws-access-key', { hidden: true })
  secretKey = Option.String('-s,--aws-secret-key', { hidden: true })
  verbose = Option.Boolean('-v,--verbose', false, { description: 'Tell of every call to AWS' })

  override async execute(): Promise<number> {
    const { context, cluster, service, taskDefinition, taskRole, cpu, memory, force, dryRun, wait } = this
    const onFailure = checkPolicy(this.onFailure)
    if (taskDefinition !== undefined && this.file !== undefined) {
      throw new EcsTaskError('BadArguments', 'It takes one of --task-definition and --task-definition-file.')
    }
    const file = taskDefinitionFile(this.file, this.family)
    const options = {
      cluster,
      service,
      taskDefinition: taskDefinition ?? (service === undefined ? file?.input.family : undefined),
      input: file?.input,
      image: this.tagged(),
      env: this.envs,
      secret: this.secrets,
      logOption: this.logOptions,
      logSecret: this.logSecrets,
      taskRole,
      cpu,
      memory,
      desiredCount: optional(this.desiredCount, '--desired-count', countOf),
      minimumHealthyPercent: optional(this.minHealthy, '--min-healthy', countOf),
      maximumPercent: optional(this.max, '--max', countOf),
      keep: optional(this.keep, '--keep', tasksOf),
      makeRoom: this.makeRoom ? tasksOf(this.minimumRunningTasks, '--minimum-running-tasks') : undefined,
      force,
    }
    return this.follow({}, dryRun, (shared) =>
      updateService(options, {
        ...shared,
        ...this.withKeys(shared),
        listeners: this.verbose
          ? [...shared.listeners, calls((line) => context.stderr.write(`${line}\n`))]
          : shared.listeners,
        dryRun,
        wait,
        onFailure,
        warnings: [...context.notes, ...(this.accessKey ? [visibleKeys] : []), ...(file?.warnings ?? [])],
      }),
    )
  }

  /** AWS as whoever the keys on the command line belong to; a local AWS asks nobody for keys. */
  private withKeys({ region, local }: Pick<Task, 'region' | 'local'>): { transport?: Transport } {
    const { accessKey: accessKeyId, secretKey: secretAccessKey } = this
    if (!accessKeyId && !secretAccessKey) return {}
    if (!accessKeyId || !secretAccessKey) {
      throw new EcsTaskError('BadArguments', 'Of --aws-access-key and --aws-secret-key only one is given.', {
        fix: 'Give both, or better none: set AWS_PROFILE.',
      })
    }
    return local ? {} : { transport: sdkTransport({ region, credentials: { accessKeyId, secretAccessKey } }) }
  }

  /** The images, with the tag that the variable holds. */
  private tagged(): string[] | undefined {
    const { tagEnvVar, image, context } = this
    if (tagEnvVar === undefined) return image
    if (image === undefined) {
      throw new EcsTaskError('BadArguments', '--tag-env-var says the tag of --image, which is not given.')
    }
    const tag = context.env[tagEnvVar]
    if (!tag) {
      throw new EcsTaskError('BadArguments', `The variable ${tagEnvVar} holds no tag.`, {
        fix: `Set it, as in ${tagEnvVar}=v1.2.3.`,
      })
    }
    return image.map((word) => `${word.replace(/@.*$/, '').replace(/:[^/:]*$/, '')}:${tag}`)
  }
}

/** One line for each call that AWS has answered or refused. */
function calls(write: (line: string) => void): Listener {
  return {
    hear(event) {
      if (event.type === 'call.finished') write(`  ${event.client} ${event.method}`)
      if (event.type === 'call.failed') write(`  ${event.client} ${event.method}: ${visible(event.error.message)}`)
    },
  }
}

function optional<T>(
  text: string | undefined,
  option: string,
  read: (text: string, option: string) => T,
): T | undefined {
  return text === undefined ? undefined : read(text, option)
}

function countOf(text: string, option: string): number {
  const value = Number(text)
  if (text !== '' && Number.isInteger(value) && value >= 0) return value
  throw new EcsTaskError('BadArguments', `${option} ${text} is not a whole number.`)
}
