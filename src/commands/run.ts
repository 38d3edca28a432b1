// `ecs-task run` runs a task once and ends with its exit code.
import type { LaunchType } from '@aws-sdk/client-ecs'
import { Command, Option } from 'clipanion'
import { isRunTask } from '../deploy/steps/runTask.ts'
import { runOnce } from '../deploy/runOnce.ts'
import type { Listener } from '../engine/events.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { BaseCommand } from './program/command.ts'
import { parsed } from './options/composedOption.ts'
import { logGroupsOf } from '../definition/logGroups.ts'
import { nonEmpty, network, taskCount, words } from './options/optionValues.ts'
import { runInSession } from './program/runInSession.ts'
import { clusterOption, timeoutOption, reportOption } from './options/sharedOptions.ts'
import { taskDefinitionFile } from './program/taskDefinitionFile.ts'

export class RunCommand extends BaseCommand {
  static override paths = [['run']]
  static override usage = Command.Usage({
    description: 'Run a task once, to its end',
    details: `
      Runs a task, prints its logs, and exits with the exit code of its essential container. If the task did not run, it
      exits as a deploy does: 2 refused, 1 failed and put back, 3 something is left.
    `,
    examples: [
      ['Run an existing revision', '$0 run -c c -d web:12 --container web --command "./manage.py migrate"'],
      ['Register a file, and run it', '$0 run --cluster c --task-definition-file td.json'],
    ],
  })

  report = reportOption()
  timeout = timeoutOption()
  cluster = clusterOption()
  taskDefinition = parsed(
    Option.String('-d,--task-definition', { description: 'A family, web:12 or an ARN' }),
    nonEmpty('--task-definition'),
  )
  file = Option.String('--task-definition-file', { description: 'Register this JSON file first' })
  family = Option.String('--family', { description: 'The family, where the file is a list of containers' })
  count = parsed(Option.String('--count', '1', { description: 'How many tasks, at most 10 [1]' }), taskCount('--count'))
  container = Option.String('--container', { description: 'The container that --command is for' })
  command = parsed(
    Option.String('--command', { description: 'Run this in the container instead: words, or a JSON list' }),
    words('--command'),
  )
  launchType = Option.String('--launch-type', { description: 'EC2, FARGATE or EXTERNAL' })
  network = parsed(
    Option.String('--network', { description: 'awsvpcConfiguration as JSON, or subnet-1,subnet-2' }),
    network('--network'),
  )

  override async execute(): Promise<number> {
    const { timeout, cluster, taskDefinition, count, container, command, launchType } = this
    if ((taskDefinition === undefined) === (this.file === undefined)) {
      throw new EcsTaskError('BadArguments', 'It takes one of --task-definition and --task-definition-file.')
    }
    if (container !== undefined && command === undefined) {
      throw new EcsTaskError('BadArguments', '--container goes with --command.')
    }
    const file = taskDefinitionFile(this.file, this.family)
    const run = {
      cluster,
      count,
      ...(launchType !== undefined && { launchType: launchType as LaunchType }),
      ...(this.network !== undefined && { networkConfiguration: this.network }),
      ...(command !== undefined && { overrides: { containerOverrides: [{ name: container, command }] } }),
    }
    const codes = exitCodes()
    const fixtures = { clusters: [cluster], logGroups: file ? logGroupsOf(file.input) : [] }
    const result = await runInSession(this, { fixtures, dryRun: false }, (settings) =>
      runOnce(
        { run, taskDefinition, input: file?.input },
        {
          ...settings,
          timeout,
          listeners: [...settings.listeners, codes],
          warnings: [...settings.warnings, ...(file?.warnings ?? [])],
        },
      ),
    )
    return result === 1 ? (codes.failed() ?? result) : result
  }
}

/** Hears which exit code an essential container has failed with; a sidecar is killed when that one has ended. */
function exitCodes(): Listener & { failed: () => number | undefined } {
  let essential: readonly string[] = []
  let failed: number | undefined
  return {
    hear(event) {
      if (event.type === 'plan.made') {
        const steps = event.plan.stages.flatMap((stage) => stage.steps)
        essential = steps.find(isRunTask)?.params.essential ?? []
      }
      if (event.type !== 'task.progressed' || event.lastStatus !== 'STOPPED') return
      failed ??= event.containers.find(({ name, exitCode }) => exitCode && essential.includes(name))?.exitCode
    },
    failed: () => failed,
  }
}
