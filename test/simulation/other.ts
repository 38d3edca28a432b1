import type { Method } from '../../src/aws/aws.ts'
import type { LocalAws } from '../../src/local/localAws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import { imageOf, portMappings } from './declarations.ts'
import { regionOf } from './make.ts'
import type { OtherAct } from './otherActs.ts'

/** A call that another person makes; `DeleteService` is none that the engine has. */
interface OtherCall {
  readonly method: Method | 'deleteService'
  readonly input: Unchecked
}

/** What an act comes to in the world as it is now; a call may need the answer to the one before. */
export function callsOf({ kind, which }: OtherAct, aws: LocalAws): ((answer: Unchecked | undefined) => OtherCall)[] {
  const region = regionOf(aws)
  const one = <T>(from: readonly T[]): T | undefined => from[Math.floor(which * from.length)]
  const record = one(Object.values(region.services).filter(({ service }) => service['status'] === 'ACTIVE'))
  const service: Unchecked = record?.service ?? {}
  const at = { cluster: service['clusterArn'], service: service['serviceName'] }
  const rule = one(Object.entries(region.rules).filter(([, { targets }]) => targets.length > 0))?.[1]
  const target = rule && one(rule.targets)
  const of = rule && { Rule: rule.rule['Name'], EventBusName: rule.rule['EventBusName'] }

  const ongoing = Object.values(region.serviceDeployments).flatMap(({ serviceDeployment: found }) =>
    found['status'] === 'IN_PROGRESS' ? found : [],
  )

  switch (kind) {
    case 'deploy': {
      if (!record) return []
      const family: string = nameOf(service['taskDefinition']).split(':')[0]!
      const containerDefinitions = [{ name: family, image: imageOf(family, 'theirs'), memory: 128, portMappings }]
      return [
        () => ({ method: 'registerTaskDefinition', input: { family, containerDefinitions } }),
        (answer) => ({
          method: 'updateService',
          input: { ...at, taskDefinition: answer?.['taskDefinition'].taskDefinitionArn },
        }),
      ]
    }
    case 'scale':
      return record ? [() => ({ method: 'updateService', input: { ...at, desiredCount: Math.floor(which * 6) } })] : []
    case 'deleteService':
      return record ? [() => ({ method: 'deleteService', input: { ...at, force: true } })] : []
    case 'deregister': {
      const revisions = Object.values(region.taskDefinitions).flatMap((records) =>
        records.filter(({ taskDefinition }) => taskDefinition['status'] === 'ACTIVE'),
      )
      const taskDefinition = one(revisions)?.taskDefinition['taskDefinitionArn']
      return taskDefinition ? [() => ({ method: 'deregisterTaskDefinition', input: { taskDefinition } })] : []
    }
    case 'changeTarget':
      return of && target
        ? [() => ({ method: 'putTargets', input: { ...of, Targets: [{ ...target, Input: '{"by":"them"}' }] } })]
        : []
    case 'changeSchedule': {
      const schedule = one(Object.values(region.schedules))?.schedule
      if (!schedule) return []
      const { Arn, CreationDate, LastModificationDate, ...input } = structuredClone(schedule)
      return [() => ({ method: 'updateSchedule', input: { ...input, Description: 'by them' } })]
    }
    case 'removeTarget':
      return of && target ? [() => ({ method: 'removeTargets', input: { ...of, Ids: [target['Id']] } })] : []
    case 'continue':
    case 'reject': {
      const { serviceDeploymentArn, lifecycleHookDetails } = one(ongoing.filter(isPaused)) ?? {}
      const hookId = lifecycleHookDetails?.find(isWaiting)!.hookId
      const action = kind === 'reject' ? 'ROLLBACK' : 'CONTINUE'
      return hookId
        ? [() => ({ method: 'continueServiceDeployment', input: { serviceDeploymentArn, hookId, action } })]
        : []
    }
    case 'stopDeployment': {
      const serviceDeploymentArn = one(ongoing)?.['serviceDeploymentArn']
      return serviceDeploymentArn ? [() => ({ method: 'stopServiceDeployment', input: { serviceDeploymentArn } })] : []
    }
    case 'stopTask': {
      const task = one(Object.values(region.tasks).filter((each) => each.task['lastStatus'] === 'RUNNING'))?.task
      return task ? [() => ({ method: 'stopTask', input: { cluster: task['clusterArn'], task: task['taskArn'] } })] : []
    }
  }
}

const isWaiting = ({ status }: Unchecked): boolean => status === 'AWAITING_ACTION'
const isPaused = ({ lifecycleHookDetails = [] }: Unchecked): boolean => lifecycleHookDetails.some(isWaiting)

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
