import { EcsTask, type ServiceUpdate, type TaskDefinition, type TaskRun } from 'ecs-task'

const cluster = 'my_cluster'

/** What both have in common; members may be getters, and are inherited. */
abstract class ShopTask extends EcsTask {
  abstract readonly role: string
  readonly command: string[] = []

  get taskDefinition(): TaskDefinition {
    const { role, command } = this
    const container = { name: role, image: 'shop:<image_tag>', command, cpu: 256, memory: 512 }
    return { family: `shop-${role}`, containerDefinitions: [container] }
  }
  get updateServices(): ServiceUpdate[] {
    return [{ cluster, service: `shop-${this.role}` }]
  }
}

class WebTask extends ShopTask {
  role = 'web'
  runTasks: TaskRun[] = [
    { cluster, overrides: { containerOverrides: [{ name: 'web', command: ['./manage.py', 'migrate'] }] } },
  ]
}

class WorkerTask extends ShopTask {
  role = 'worker'
  override command = ['./manage.py', 'work']
}

// One unit: both are registered, then the migration runs, then both services roll. A failure of one puts both back.
await EcsTask.main([WebTask, WorkerTask])
