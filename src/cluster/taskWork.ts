import { nameOf } from '../ground/names.ts'
import { runTask } from '../deploy/steps/runTask.ts'
import { tagResource } from './steps/tagResource.ts'
import type { DesiredService } from './desired.ts'
import { tagsOf } from './found.ts'
import { ranTag } from './marks.ts'
import type { WantedRevision } from './revisionWork.ts'
import type { Work } from './work.ts'

/** What is to be done for a one-off task: it runs once with each revision, which is tagged when it has come to its end. */
export function taskWork({ name, taskDefinition, run }: DesiredService, { revision, there }: WantedRevision): Work {
  if (!run || run.count === 0 || (there && tagsOf(there.tags)[ranTag] !== undefined)) return { steps: {} }
  const { family, containerDefinitions } = taskDefinition
  const essential = containerDefinitions.filter((one) => one.essential !== false).map((one) => one.name ?? '')
  const called = there ? nameOf(there.arn) : `the new revision of ${family}`
  return {
    steps: {
      tasks: [
        // A run that was killed may have left one that goes on, and two migrations must not run at once.
        runTask(`runTask ${name}`, { run, family, revision, essential, resumes: true }),
        tagResource({ arn: revision, name: `${called} as run`, tags: { [ranTag]: 'true' } }),
      ],
    },
  }
}
