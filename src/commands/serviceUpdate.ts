// `ecs-task service update` updates a running service without a class.
import { Command, Option } from 'clipanion'
import type { Transport } from '../aws/aws.ts'
import { sdkTransport } from '../aws/sdk.ts'
import { updateService } from '../deploy/updateService.ts'
import type { Settings } from '../engine/settings.ts'
import { visible } from '../ground/visible.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { BaseCommand } from './program/command.ts'
import { recordOption, recordSettings } from './ci/record.ts'
import { parsed } from './options/composedOption.ts'
import { logGroupsOf } from '../definition/logGroups.ts'
import { nonEmpty, onlyOne, taskCount, wholeNumber } from './options/optionValues.ts'
import { runInSession } from './program/runInSession.ts'
import {
  clusterOption,
  ifInProgressOption,
  lockOptions,
  rolloutOptions,
  verifyOption,
  writeOptions,
  reportOption,
} from './options/sharedOptions.ts'
import { bucketsOf } from './program/localFixtures.ts'
import { taskDefinitionFile } from './program/taskDefinitionFile.ts'
import { verifyBefore } from '../deploy/verify/beforeDeploy.ts'

const wordOf = { arity: 1 } as const

const visibleKeys =
  'Keys on the command line are visible to every process of this machine: use AWS_PROFILE or the environment.'

/** Its short options are those of ecs-deploy.py. */
export class ServiceUpdateCommand extends BaseCommand {
  static override paths = [['service', 'update']]
  static override usage = Command.Usage({
    description: 'Update a running service without a class',
    details: `
      Reads what the service runs, changes what you name and nothing else, registers a revision if that makes a difference,
      and follows the rollout. On failure it puts everything back.
    `,
    examples: [
      ['Deploy a new image', '$0 service update -c prod -n doorman -i docker.repo.com/doorman:v42'],
      ['Change one container', '$0 service update -c c -n s -i app=repo/img:v2 --env app=LEVEL=debug'],
      ['Set a secret', '$0 service update -c c -n s --secret app=KEY=arn:aws:ssm:…'],
      ['Update every service that runs a family', '$0 service update -c c --task-definition web --image repo/web:v2'],
    ],
  })

  override region = Option.String('-r,--region', {
    description: 'The AWS region [from the environment or profile]',
  })
  override profile = Option.String('-p,--profile', {
    description: 'The profile in the AWS configuration files [AWS_PROFILE]',
  })
  rollout = rolloutOptions({ seconds: true })
  cluster = clusterOption()
  service = parsed(
    Option.Array('-n,--service,--service-name', {
      description: 'The service [every one that runs --task-definition]',
    }),
    onlyOne('--service'),
  )
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
  desiredCount = parsed(
    Option.String('-D,--desired-count', { description: 'How many tasks' }),
    wholeNumber('--desired-count', 5_000),
  )
  minimumHealthyPercent = parsed(
    Option.String('-m,--min,--min-healthy', { description: 'minimumHealthyPercent' }),
    wholeNumber('--min-healthy'),
  )
  maximumPercent = parsed(Option.String('-M,--max', { description: 'maximumPercent' }), wholeNumber('--max'))
  taskDefinition = parsed(
    Option.String('-d,--task-definition', { description: 'Start from this family or revision' }),
    nonEmpty('--task-definition'),
  )
  file = Option.String('--task-definition-file', { description: 'Start from this JSON file' })
  family = Option.String('--family', { description: 'The family, where the file is a list of containers' })
  tagEnvVar = Option.String('-e,--tag-env-var', { description: 'Take the tag of --image from this variable' })
  keep = parsed(
    Option.String('--keep,--max-definitions', { description: 'How many revisions stay ACTIVE [all]' }),
    taskCount('--keep'),
  )
  makeRoom = Option.Boolean('--make-room', false, {
    description: 'Stop one task first; restore the desired count last',
  })
  minimumRunningTasks = parsed(
    Option.String('--minimum-running-tasks', '2', { description: 'Make room only where at least this many run [2]' }),
    taskCount('--minimum-running-tasks'),
  )
  suspendAutoScaling = Option.Boolean('--suspend-auto-scaling', false, {
    description: 'Suspend auto scaling until the rollout has ended',
  })
  force = Option.Boolean('--force', false, { description: 'Start a deployment even without changes' })
  skipUnchanged = Option.Boolean('--skip-unchanged', false, {
    description: 'Compare images by name if the registry cannot be asked',
  })
  ifInProgress = ifInProgressOption()
  verify = verifyOption()
  record = recordOption()
  locking = lockOptions()
  report = reportOption()
  write = writeOptions()
  accessKey = Option.String('-k,--aws-access-key', { hidden: true })
  secretKey = Option.String('-s,--aws-secret-key', { hidden: true })

  override async execute(): Promise<number> {
    const { cluster, service, taskDefinition, makeRoom, rollout, write } = this
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
      taskRole: this.taskRole,
      cpu: this.cpu,
      memory: this.memory,
      desiredCount: this.desiredCount,
      minimumHealthyPercent: this.minimumHealthyPercent,
      maximumPercent: this.maximumPercent,
      keep: this.keep,
      makeRoom: makeRoom ? this.minimumRunningTasks : undefined,
      force: this.force,
      suspendAutoScaling: this.suspendAutoScaling,
      skipUnchanged: this.skipUnchanged,
    }
    const logGroups = [
      ...(file ? logGroupsOf(file.input) : []),
      ...(this.logOptions ?? []).flatMap((word) => /^[^=]+=awslogs=awslogs-group=(.+)$/.exec(word)?.[1] ?? []),
    ]
    const { record, warnings } = recordSettings(this.record, this.context)
    return runInSession(
      this,
      { fixtures: { logGroups, buckets: bucketsOf([this.locking.lock]) }, ...write.plan },
      (settings) =>
        updateService(options, {
          ...settings,
          ...this.withKeys(settings),
          ...rollout,
          ...write,
          ...this.locking,
          ifInProgress: this.ifInProgress,
          tell: (text) => void (this.saying.quiet || this.context.stderr.write(`${visible(text)}\n`)),
          ...(this.verify && { verify: verifyBefore({ env: this.context.env, isLocal: this.local }) }),
          record,
          warnings: [
            ...settings.warnings,
            ...warnings,
            ...(rollout.warnings ?? []),
            ...(this.accessKey ? [visibleKeys] : []),
            ...(file?.warnings ?? []),
          ],
        }),
    )
  }

  /** AWS as whoever the keys on the command line belong to; a local AWS asks nobody for keys. */
  private withKeys({ region, local }: Pick<Settings, 'region' | 'local'>): { transport?: Transport } {
    const { accessKey: accessKeyId, secretKey: secretAccessKey } = this
    if (!accessKeyId && !secretAccessKey) return {}
    if (!accessKeyId || !secretAccessKey) {
      throw new EcsTaskError('BadArguments', 'Only one of the two AWS keys is given.', {
        fix: 'Give both, or better none: set AWS_PROFILE.',
      })
    }
    if (this.write.plan.planOut !== undefined) {
      throw new EcsTaskError('BadArguments', 'A saved plan holds no keys, and the command line has them.', {
        fix: 'Set AWS_PROFILE.',
      })
    }
    return local ? {} : { transport: sdkTransport({ region, credentials: { accessKeyId, secretAccessKey } }) }
  }

  /** The images, with the tag that the variable holds. */
  private tagged(): string[] | undefined {
    const { tagEnvVar, image, context } = this
    if (tagEnvVar === undefined) return image
    if (image === undefined) {
      throw new EcsTaskError('BadArguments', '--tag-env-var sets the tag of --image, which is missing.')
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
