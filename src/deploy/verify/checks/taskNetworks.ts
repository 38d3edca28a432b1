/** Tasks with a network interface of their own: whether anything says in which network. */
import type { TaskRun } from '../../../definition/definition.ts'
import { nameOf } from '../../../ground/names.ts'
import { networkOf, runOf, serviceOf } from '../effective.ts'
import { type Check, type Found, error } from '../finding.ts'
import type { Subject, WantedService } from '../subject.ts'
import type { World } from '../world.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export const taskNetworks: Check = {
  name: 'taskNetworks',
  needs: [],
  offline: true,
  of: (world) =>
    world.subjects
      .filter(({ taskDefinition }) => taskDefinition.networkMode === 'awsvpc')
      .flatMap((subject) => [
        ...subject.services.flatMap((wanted) => ofService(world, subject, wanted)),
        ...subject.runs.flatMap((run, index) => ofRun(world, subject, run, index)),
      ]),
}

const fix = "Declare networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-…'] } }."

function ofService(world: World, subject: Subject, wanted: WantedService): Found[] {
  if (networkOf(world, wanted) || (!serviceOf(world, wanted) && !wanted.isCreated)) return []
  const where = subject.where(`${wanted.path}/networkConfiguration`)
  return [error(where, `Service ${nameOf(wanted.service)} has no network, and its tasks need one (awsvpc).`, fix)]
}

/** One that says nothing takes it over from a service in its cluster, which may not have been read. */
function ofRun(world: World, subject: Subject, run: TaskRun, index: number): Found[] {
  if (runOf(world, subject, run).networkConfiguration) return []
  const cluster = nameOf(run.cluster ?? 'default')
  const unread = subject.services.some((one) => nameOf(one.cluster) === cluster && !serviceOf(world, one))
  if (unread) return []
  const where = subject.where(`runTasks/${index}/networkConfiguration`)
  return [error(where, 'The one-off task has no network, and needs one (awsvpc).', fix)]
}
