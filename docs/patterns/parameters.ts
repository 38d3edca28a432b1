import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

const Names = ['/search/cluster', '/search/memory']
const { Parameters = [] } = await new SSMClient().send(new GetParametersCommand({ Names }))
const values = Object.fromEntries(Parameters.map(({ Name = '', Value }) => [Name, Value]))

export class SearchTask extends EcsTask {
  override taskDefinition: TaskDefinition = {
    family: 'search',
    containerDefinitions: [{ name: 'search', image: 'search:<image_tag>', memory: Number(values['/search/memory']) }],
  }
  override updateServices: ServiceUpdate[] = [{ cluster: values['/search/cluster'], service: 'search' }]
}

void new SearchTask().main()
