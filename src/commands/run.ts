import { Command, Option } from 'clipanion'
import { EcsTaskError } from '../ground/errors.ts'
import type { Listener } from '../engine/events.ts'
import { FollowCommand, tasksOf } from './program/performCommand.ts'
import { isRunTask } from '../deploy/steps/runTask.ts'
import { runOnce } from '../deploy/runOnce.ts'
import { taskDefinitionFile } from '../deploy/taskDefinitionFile.ts'

export class RunCommand extends FollowCommand {
  static override paths = [['run']]
  static override usage = Command.Usage({
    description: 'Run a task once, to its end',
    details: `
      Runs a task, shows what it logs, and ends with the exit code of its essential container. What did not come to run
      ends as a deploy does: 2 refused, 1 failed and put back, 3 something is left.
    `,
    examples: [
      ['A revision that is there', '$0 run -c c -d web:12 --container web --command "./manage.py migrate"'],
      ['A file', '$0 run --cluster c --task-definition-file td.json'],
    ],
  })

  cluster = Option.String('-c,--cluster', 'default', { description: 'The cluster' })
  taskDefinition = Option.String('-d,--task-definition', { description: 'A family, web:12 or an ARN' })
  file = Option.String('--task-definition-file', { description: 'Register this JSON file first' })
  family = Option.String('--family', { description: 'The family, where the file is a list of containers' })
  count = Option.String('--count', '1', { description: 'How many tasks, at most 10' })
  container = Option.String('--container', { description: 'The container that --command is for' })
  command = Option.String('--command', { description: 'What the container runs instead: words, or a JSON list' })
  launchType = Option.String('--launch-type', { description: 'EC2, FARGATE or EXTERNAL' })
  network = Option.String('--network', { description: 'awsvpcConfiguration as JSON, or subnet-1,subnet-2' })

  override async execute(): Promise<number> {
    const { cluster, taskDefinition, context } = this
    if ((taskDefinition === undefined) === (this.file === undefined)) {
      throw new EcsTaskError('BadArguments', 'It takes one of --task-definition and --task-definition-file.')
    }
    if (this.container !== undefined && this.command === undefined) {
      throw new EcsTaskError('BadArguments', '--container goes with --command.')
    }
    const file = taskDefinitionFile(this.file, this.family)
    const run = {
      cluster,
      count: tasksOf(this.count, '--count'),
      ...(this.launchType !== undefined && { launchType: this.launchType as 'FARGATE' }),
      ...(this.network !== undefined && { networkConfiguration: networkOf(this.network) }),
      ...(this.command !== undefined && {
        overrides: { containerOverrides: [{ name: this.container, command: wordsOf(this.command) }] },
      }),
    }
    const codes = exitCodes()
    const result = await this.follow({}, false, (shared) =>
      runOnce(
        { run, taskDefinition, input: file?.input },
        {
          ...shared,
          listeners: [...shared.listeners, codes],
          warnings: [...context.notes, ...(file?.warnings ?? [])],
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

function networkOf(text: string): { awsvpcConfiguration: { subnets: string[] } } {
  if (!text.trimStart().startsWith('{')) return { awsvpcConfiguration: { subnets: text.split(',') } }
  try {
    const parsed = JSON.parse(text)
    return parsed.awsvpcConfiguration ? parsed : { awsvpcConfiguration: parsed }
  } catch (error) {
    throw new EcsTaskError('BadArguments', '--network is neither JSON nor a list of subnets.', {
      why: (error as Error).message,
    })
  }
}

function wordsOf(text: string): string[] {
  if (!text.trimStart().startsWith('[')) return text.split(/\s+/).filter(Boolean)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new EcsTaskError('BadArguments', '--command is not a JSON list.', { why: (error as Error).message })
  }
}
