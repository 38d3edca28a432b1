// What the commands have in common that look at what runs: at the services of classes, or with --cluster at any.
import { Option } from 'clipanion'
import { redactor } from '../../definition/secrets/redact.ts'
import type { Asked } from '../../deploy/look/selection.ts'
import { sameAws } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { parsed, together } from '../options/composedOption.ts'
import { nonEmpty } from '../options/optionValues.ts'
import { classProgram } from '../program/command.ts'
import type { LocalFixtures } from '../program/localAws.ts'
import { localFixtures } from '../program/localFixtures.ts'
import { declaredIn } from '../program/runDefinitionCommand.ts'
import { ClassCommand } from '../files/classCommand.ts'

/** The cluster and its services, for whoever has no class. */
interface Where {
  readonly cluster: string | undefined
  readonly services: readonly string[] | undefined
}

export abstract class LookCommand extends ClassCommand {
  where: Where = whereOptions()

  override async execute(): Promise<number> {
    const { cluster, services } = this.where
    const { declared, program } = this.context
    const hasClass = declared.length > 0 || this.classFiles().length > 0
    if (cluster !== undefined) {
      const chosen = this.choice.only ?? this.choice.exclude
      if (hasClass || chosen !== undefined) {
        throw new EcsTaskError('BadArguments', 'It takes a class or --cluster, not both.', {
          fix: 'With --cluster, name services with --service.',
        })
      }
      return this.perform()
    }
    if (services !== undefined) {
      throw new EcsTaskError('BadArguments', '--service goes with --cluster.', {
        fix: hasClass ? 'Choose among classes with --only.' : 'Pass --cluster NAME.',
      })
    }
    if (!hasClass && program === 'ecs-task') {
      throw new EcsTaskError('BadArguments', 'No file and no cluster given.', {
        fix: 'Pass the file of a class, such as _ecs/web.ts, or --cluster NAME.',
      })
    }
    return super.execute()
  }

  /** What was asked about. */
  protected asked(): Asked {
    const { cluster, services } = this.where
    return cluster === undefined
      ? { definitions: declaredIn(this.context).definitions }
      : { cluster, services: services ?? [] }
  }

  /** What a local AWS has to have: what a class declares, and nothing for a cluster that somebody has made there. */
  protected fixtures(asked: Asked): LocalFixtures {
    return 'definitions' in asked ? localFixtures(asked.definitions) : {}
  }

  /** Removes the secrets of what was asked about, and of what was found there, each with its `taskDefinition`. */
  protected redactor(asked: Asked, found: readonly { readonly taskDefinition: object }[]): <T>(value: T) => T {
    return redactor([...('definitions' in asked ? asked.definitions : [asked]), ...found], {
      names: 'services' in asked ? asked.services : [],
      program: classProgram(this.context),
      sameAws: sameAws(this),
    })
  }
}

function whereOptions(): Where {
  const options = {
    cluster: parsed(
      Option.String('-c,--cluster', { description: 'Without a class: the cluster' }),
      nonEmpty('--cluster'),
    ),
    services: Option.Array('--service', {
      arity: 1,
      description: 'Without a class: a service of it; may be repeated [all]',
    }),
  }
  return together(options, ({ cluster, services }) => {
    services?.forEach(nonEmpty('--service'))
    return { cluster, services }
  })
}
