import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

abstract class ApiTask extends EcsTask {
  abstract readonly stage: 'staging' | 'prod'
  abstract readonly memory: number

  override get taskDefinition(): TaskDefinition {
    const { stage, memory } = this
    return {
      family: `api-${stage}`,
      containerDefinitions: [
        { name: 'api', image: 'api:<image_tag>', memory, environment: [{ name: 'STAGE', value: stage }] },
      ],
    }
  }

  override get updateServices(): ServiceUpdate[] {
    return [{ cluster: this.stage, service: 'api' }]
  }
}

export class ApiStaging extends ApiTask {
  override stage = 'staging' as const
  override memory = 256
}

export class ApiProd extends ApiTask {
  override stage = 'prod' as const
  override memory = 1024
  // Without --only, prod waits until staging runs.
  override after = ['ApiStaging']
}

void EcsTask.main([ApiStaging, ApiProd])
