// The inputs of ECS that several rules look at, as they are on the wire.
import type {
  ContainerDefinition,
  CreateServiceRequest,
  RegisterTaskDefinitionRequest,
  RunTaskRequest,
  UpdateServiceRequest,
} from '@aws-sdk/client-ecs'
import type { Wire } from '../world/wire.ts'

export type ContainerInput = Wire<ContainerDefinition>
export type TaskDefinitionInput = Wire<RegisterTaskDefinitionRequest>
export type CreateServiceInput = Wire<CreateServiceRequest>
export type UpdateServiceInput = Wire<UpdateServiceRequest>
export type RunTaskInput = Wire<RunTaskRequest>
