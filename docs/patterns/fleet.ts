import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

// tenant-01 to tenant-50; a list in a JSON file does as well.
const tenants = Array.from({ length: 50 }, (_, index) => `tenant-${String(index + 1).padStart(2, '0')}`)

/** The class of one tenant. It has no name of its own, so it goes by its family. */
function tenantTask(tenant: string): new () => EcsTask {
  return class extends EcsTask {
    override taskDefinition: TaskDefinition = {
      family: tenant,
      containerDefinitions: [
        { name: 'app', image: 'app:<image_tag>', memory: 128, environment: [{ name: 'TENANT', value: tenant }] },
      ],
    }
    override updateServices: ServiceUpdate[] = [{ cluster: 'tenants', service: tenant }]
  }
}

void EcsTask.main(tenants.map(tenantTask))
