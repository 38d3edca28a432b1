// The commands of a class: what is declared in the file that is run, and what is done to it.
import { absentWarnings } from '../../definition/absentWarnings.ts'
import { readAll } from '../../definition/read.ts'
import { type DefinitionCommand, executeDefinitionCommand } from '../../deploy/definitionCommand.ts'
import type { Settings } from '../../engine/settings.ts'
import type { Sources } from '../../output/report/annotations.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Definition } from '../../definition/definition.ts'
import type { PlanOptions } from '../options/sharedOptions.ts'
import { lineOfClass, ofDefinitions } from '../ci/sources.ts'
import { type Context, type RunningCommand, classesIn } from './command.ts'
import { bucketsOf, localFixtures } from './localFixtures.ts'
import { runInSession } from './runInSession.ts'

/** Answers with the exit code. */
export function runDefinitionCommand(
  command: RunningCommand,
  asked: DefinitionCommand,
  options: Settings,
  plan: PlanOptions = { dryRun: false, planOut: undefined },
): Promise<number> {
  const { definitions, warnings } = declaredIn(command.context)
  const sources = command.context.declared.map(({ source }) => source)
  const isOrdered = asked.command === 'deploy' || asked.command === 'rollback'
  const notWaitedFor = isOrdered ? absentWarnings(definitions, command.context.leftOut) : []
  const nameOfClass = ofDefinitions(definitions)
  const ofSubject: Sources['ofSubject'] = (subject) => {
    const name = nameOfClass(subject)
    const found = classesIn(command.context).find((one) => one.name === name)
    return found && lineOfClass(found)
  }
  const made = localFixtures(definitions)
  const fixtures = { ...made, buckets: [...(made.buckets ?? []), ...bucketsOf([options.lock])] }
  return runInSession(command, { fixtures, ofSubject, ...plan }, (settings) =>
    executeDefinitionCommand(asked, definitions, {
      ...settings,
      ...options,
      sources,
      connect: command.context.notify(definitions, command.context.env),
      warnings: [...settings.warnings, ...warnings, ...notWaitedFor, ...(options.warnings ?? [])],
    }),
  )
}

/** What is declared in the file that is run. Throws where that is nothing, or cannot be deployed. */
export function declaredIn({ declared }: Context): { definitions: Definition[]; warnings: string[] } {
  if (declared.length === 0) {
    throw new EcsTaskError('BadArguments', 'There is no class to deploy.', {
      fix: 'Pass at least one class to EcsTask.main.',
    })
  }
  const reads = readAll(declared)
  return {
    definitions: reads.map(({ definition }) => definition),
    warnings: reads.flatMap(({ warnings }) => warnings),
  }
}
