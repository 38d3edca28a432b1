// `ecs-task cluster deploy` brings a cluster to what YAML files say.
import { Command, Option } from 'clipanion'
import type { Subject } from '../engine/subject.ts'
import type { SourceLine } from '../output/report/annotations.ts'
import { recordOption, recordSettings } from './ci/record.ts'
import { placeIn } from './ci/sources.ts'
import { type DeployClusterOptions, deployCluster, readDesired } from '../cluster/deployCluster.ts'
import { BaseCommand } from './program/command.ts'
import { runInSession } from './program/runInSession.ts'
import {
  ifInProgressOption,
  lockOptions,
  rolloutOptions,
  verifyOption,
  writeOptions,
  reportOption,
} from './options/sharedOptions.ts'
import { bucketsOf } from './program/localFixtures.ts'
import { readStackOptions, stackFixtures, stackOptions } from './program/stackOptions.ts'
import { verifyBefore } from '../deploy/verify/beforeDeploy.ts'
import { stackSubjects } from '../cluster/stackSubjects.ts'

export class ClusterDeployCommand extends BaseCommand {
  static override paths = [['cluster', 'deploy']]
  static override usage = Command.Usage({
    description: 'Deploy a cluster from YAML files',
    details: `
      Creates what does not exist yet (load balancers, target groups, listeners, DNS records, service discovery, services),
      changes what differs, and skips the rest. Runs one-off tasks and follows each rollout to its end. On failure it deletes
      what this run created and restores what it changed.
    `,
    examples: [
      ['Deploy a cluster', '$0 cluster deploy my-cluster -f stack.yml'],
      ['Merge production settings over it', '$0 cluster deploy my-cluster -f base.yml -f prod.yml'],
      ['Preview the changes', '$0 cluster deploy my-cluster -f stack.yml --dry-run'],
      ['Try it without an AWS account', '$0 cluster deploy my-cluster -f stack.yml --local'],
    ],
  })

  rollout = rolloutOptions()
  stack = stackOptions()
  redeploy = Option.Boolean('--redeploy', false, {
    description: 'Start a new deployment of every service, even without changes',
  })
  updateOnly = Option.Boolean('--update-only', false, { description: 'Skip services that do not exist yet' })
  replace = Option.Boolean('--replace', false, { description: 'Recreate what AWS cannot change in place' })
  ifInProgress = ifInProgressOption()
  verify = verifyOption()
  record = recordOption()
  locking = lockOptions()
  report = reportOption()
  write = writeOptions()

  override async execute(): Promise<number> {
    const { rollout, redeploy, updateOnly, replace, write, ifInProgress, context } = this
    const stack = readStackOptions(this.stack, context.env)
    const verify = this.verify && { verify: this.verifying(stack) }
    const ofSubject = (subject: Subject): SourceLine | undefined => serviceLine(stack, subject)
    const { record, warnings } = recordSettings(this.record, context)
    const fixtures = { ...stackFixtures(stack), buckets: bucketsOf([this.locking.lock]) }
    return runInSession(this, { fixtures, ofSubject, ...write.plan }, (settings) =>
      deployCluster(
        { ...stack, redeploy, updateOnly, replace },
        {
          ...settings,
          ...rollout,
          ...write,
          ...this.locking,
          ...verify,
          ifInProgress,
          record,
          warnings: [...settings.warnings, ...warnings],
        },
      ),
    )
  }

  private verifying(stack: DeployClusterOptions): ReturnType<typeof verifyBefore> {
    const { desired, where } = readDesired(stack)
    return verifyBefore({ env: this.context.env, isLocal: this.local }, stackSubjects(desired, where))
  }
}

/** Where in the files the service begins that a step is about, by its name or its family. */
function serviceLine(stack: DeployClusterOptions, subject: Subject): SourceLine | undefined {
  const { desired, where } = readDesired(stack)
  const found = desired.services.find(({ name, taskDefinition: { family } }) => {
    if (subject.type === 'service') return subject.service === name
    return 'family' in subject && subject.family === family
  })
  return found && placeIn(`${where(found.name, [])}: `)
}
