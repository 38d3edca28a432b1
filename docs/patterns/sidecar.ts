import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

/** The same task definition with a collector, which starts first and may fail without ending the task. */
function withCollector(taskDefinition: TaskDefinition): TaskDefinition {
  const containers = taskDefinition.containerDefinitions.map(({ dependsOn = [], environment = [], ...container }) => ({
    ...container,
    dependsOn: [...dependsOn, { containerName: 'collector', condition: 'START' as const }],
    environment: [...environment, { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://localhost:4318' }],
  }))
  const collector = { name: 'collector', image: 'otel/opentelemetry-collector:0.139.0', memory: 128, essential: false }
  return { ...taskDefinition, containerDefinitions: [...containers, collector] }
}

const onFargate = {
  requiresCompatibilities: ['FARGATE' as const],
  networkMode: 'awsvpc' as const,
  cpu: '256',
  memory: '512',
}

export class CartTask extends EcsTask {
  override taskDefinition = withCollector({
    ...onFargate,
    family: 'cart',
    containerDefinitions: [{ name: 'cart', image: 'cart:<image_tag>', portMappings: [{ containerPort: 8080 }] }],
  })
  override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'cart' }]
}

export class CheckoutTask extends EcsTask {
  override taskDefinition = withCollector({
    ...onFargate,
    family: 'checkout',
    containerDefinitions: [{ name: 'checkout', image: 'checkout:<image_tag>', command: ['./manage.py', 'work'] }],
  })
  override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'checkout' }]
}

void EcsTask.main([CartTask, CheckoutTask])
