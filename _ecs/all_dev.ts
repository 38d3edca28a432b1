import { EcsTask, type ServiceUpdate, type TaskDefinition, type TaskRun } from 'ecs-task'

const cluster = 'my_cluster'

/** What both have in common; members may be getters, and are inherited. */
abstract class ShopTask extends EcsTask {
  abstract readonly role: string
  readonly command: string[] = []

  override get taskDefinition(): TaskDefinition {
    const { role, command } = this
    const container = { name: role, image: 'shop:<image_tag>', command, cpu: 256, memory: 512 }
    return { family: `shop-${role}`, containerDefinitions: [container] }
  }
  override get updateServices(): ServiceUpdate[] {
    return [{ cluster, service: `shop-${this.role}` }]
  }
}

class WebTask extends ShopTask {
  override role = 'web'
  override runTasks: TaskRun[] = [
    { cluster, overrides: { containerOverrides: [{ name: 'web', command: ['./manage.py', 'migrate'] }] } },
  ]
}

class WorkerTask extends ShopTask {
  override role = 'worker'
  override command = ['./manage.py', 'work']
}

// One unit: both are registered, then the migration runs, then both services roll. A failure of one puts both back.
void EcsTask.main([WebTask, WorkerTask])
