// The class that a user extends: its command line, and the same from code.
import { relative } from 'node:path'
import type { Context } from './commands/program/command.ts'
import { handIn, isBase, markBase, wasOpened } from './commands/files/door.ts'
import { handedTasks } from './commands/files/handedTasks.ts'
import { requireMain } from './commands/files/requireMain.ts'
import { builtins, runProgram } from './commands/program/program.ts'
import { DebugCommand } from './commands/debug.ts'
import { ContinueCommand } from './commands/continue.ts'
import { DeployCommand } from './commands/deploy.ts'
import { DiffCommand } from './commands/diff.ts'
import { ExecCommand } from './commands/exec.ts'
import { HistoryCommand } from './commands/history.ts'
import { LockReleaseCommand } from './commands/lock/lockRelease.ts'
import { LockStatusCommand } from './commands/lock/lockStatus.ts'
import { LogsCommand } from './commands/logs.ts'
import { PolicyCommand } from './commands/policy.ts'
import { RollbackCommand } from './commands/rollback.ts'
import { StatusCommand } from './commands/status.ts'
import { TasksCommand } from './commands/tasks.ts'
import { VerifyCommand } from './commands/verify.ts'
import { WaitCommand } from './commands/wait.ts'
import type { Declared, Definition } from './definition/definition.ts'
import { endProcess, endUncaught, fromProcess, programOptions, runningFile } from './commands/program/fromProcess.ts'
import { catchUncaught } from './commands/program/uncaught.ts'
import { toTheEnd } from './commands/program/unfinished.ts'
import { type DefinitionCommand, type Result, executeDefinitionCommand } from './deploy/definitionCommand.ts'
import type { DeployHooks } from './deploy/hooks/deployHooks.ts'
import { notifiers } from './notify.ts'
import { absentWarnings } from './definition/absentWarnings.ts'
import { read } from './definition/read.ts'
import type { Settings } from './engine/settings.ts'

const ofClass = [
  DeployCommand,
  DiffCommand,
  VerifyCommand,
  RollbackCommand,
  WaitCommand,
  ContinueCommand,
  StatusCommand,
  TasksCommand,
  HistoryCommand,
  LogsCommand,
  ExecCommand,
  LockStatusCommand,
  LockReleaseCommand,
  DebugCommand,
  PolicyCommand,
]

/** @internal */
export const classCommands = [...ofClass, ...builtins]

/** Settings of `deploy` and `rollback` of a class from code. */
export interface RunSettings extends Settings {
  /** For deploy: reuse an identical revision, and skip services that already run it. `false` by default. */
  readonly skipUnchanged?: boolean
  /**
   * For rollback: a revision (`12`, `web:12` or its ARN) or an image tag. By default the last revision before the newest
   * that was deployed successfully.
   */
  readonly to?: string | undefined
}

/**
 * A deployment to ECS as a class: extend it, declare `taskDefinition` and the other members you need, and call `main()`.
 * Members may be fields or getters, and are inherited. ecs-task reads and copies them once, and never changes them. A deploy calls
 * the methods `beforeDeploy`, `afterDeploy` and `afterFailure`, if there are any.
 *
 * ```ts
 * export class WebTask extends EcsTask {
 *   override taskDefinition: TaskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', memory: 512 }] }
 *   override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'web' }]
 * }
 * void new WebTask().main()
 * ```
 */
export interface EcsTask extends Declared, DeployHooks {}

// An interface merged with an abstract class lets a subclass declare a member as a field or as a getter, or leave it out.
export abstract class EcsTask {
  /**
   * Runs the command line: `deploy TAG`, `diff TAG`, `rollback`, `wait`, `continue`, `status`, `debug` or `policy`. `argv` are its
   * arguments, by default those of the process. Never rejects. A failure ends the process with its exit code, so that a second `main()` in
   * the same file does not start. Works with and without `await`.
   */
  async main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
    await main([{ name: this.constructor.name, source: this }], argv)
  }

  /** The same for several classes as one unit: one failure puts all of them back. */
  static async main(
    classes: readonly (new () => EcsTask)[],
    argv: readonly string[] = process.argv.slice(2),
  ): Promise<void> {
    await main(handedTasks(this, isBase(this), classes), argv)
  }

  /**
   * Deploys an image tag, such as `v1.2.3`, and resolves with the result; a refusal is a result too. Throws only for a bad
   * definition: an `EcsTaskError` with the code `BadDefinition` and every problem in `problems`.
   */
  deploy(tag: string, settings: RunSettings = {}): Promise<Result> {
    const { wait = true, skipUnchanged = false } = settings
    // Plain JavaScript may omit the tag: that counts as an empty one, which is refused.
    return executed(this, { command: 'deploy', tag: tag ?? '', wait, skipUnchanged }, settings)
  }

  /** Rolls back to the revision that `to` names and resolves with the result. Throws only for a bad definition. */
  rollback(settings: RunSettings = {}): Promise<Result> {
    const { wait = true, to } = settings
    return executed(this, { command: 'rollback', to, wait }, settings)
  }

  /** Returns what the class declares as plain data, checked and frozen. Throws for a bad definition. */
  debug(): Definition {
    isUsed = true
    return read(this, this.constructor.name).definition
  }
}

// The build renames a class that names itself inside: its name is what users see.
markBase(EcsTask)

let running: Promise<void> = Promise.resolve()
/** Whether the file has done something with a class. */
let isUsed = false
requireMain(
  ofClass.flatMap(({ paths }) => paths.flat()),
  () => isUsed || wasOpened(),
)

/** Runs of one process go one after another, even if nobody awaits them. */
function main(declared: Context['declared'], argv: readonly string[]): Promise<void> {
  isUsed = true
  if (handIn(declared)) return Promise.resolve()
  catchUncaught(endUncaught)
  const before = running
  running = toTheEnd(async () => {
    await before
    const file = relative('', process.argv[1] ?? 'ecs-task')
    const program = runningFile(file)
    const exitCode = await runProgram(
      classCommands,
      argv,
      fromProcess({ declared, program, file, notify: notifiers }),
      programOptions(program),
    )
    if (exitCode !== 0) await endProcess(exitCode)
  })
  return running
}

function executed(task: EcsTask, asked: DefinitionCommand, settings: RunSettings): Promise<Result> {
  isUsed = true
  const { definition, warnings } = read(task, task.constructor.name)
  return executeDefinitionCommand(asked, [definition], {
    ...settings,
    sources: [task],
    connect: notifiers([definition], process.env),
    warnings: [...warnings, ...absentWarnings([definition])],
  })
}
