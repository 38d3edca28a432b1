#!/usr/bin/env node
// The program `ecs-task`: the commands that need no class.
import { builtins, runProgram } from './commands/program/program.ts'
import { ClusterDeployCommand } from './commands/clusterDeploy.ts'
import { ClusterDescribeCommand } from './commands/clusterDescribe.ts'
import { ClusterDestroyCommand } from './commands/clusterDestroy.ts'
import { ClusterDiffCommand } from './commands/clusterDiff.ts'
import { InitCommand } from './commands/init.ts'
import { InstancesRefreshCommand } from './commands/instancesRefresh.ts'
import { InstancesStatusCommand } from './commands/instancesStatus.ts'
import { LocalCommand } from './commands/local.ts'
import { RunCommand } from './commands/run.ts'
import { ServiceDestroyCommand } from './commands/serviceDestroy.ts'
import { ServiceUpdateCommand } from './commands/serviceUpdate.ts'
import { notifiers } from './notify.ts'
import { endProcess, endUncaught, fromProcess, programOptions } from './commands/program/fromProcess.ts'
import { catchUncaught } from './commands/program/uncaught.ts'

const commands = [
  ServiceUpdateCommand,
  ServiceDestroyCommand,
  RunCommand,
  ClusterDeployCommand,
  ClusterDiffCommand,
  ClusterDescribeCommand,
  ClusterDestroyCommand,
  InstancesStatusCommand,
  InstancesRefreshCommand,
  InitCommand,
  LocalCommand,
  ...builtins,
]

catchUncaught(endUncaught)
await endProcess(
  await runProgram(
    commands,
    process.argv.slice(2),
    fromProcess({ declared: [], program: 'ecs-task', notify: notifiers }),
    programOptions('ecs-task'),
  ),
)
