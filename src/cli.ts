#!/usr/bin/env node
import { builtins, runProgram } from './program.ts'
import { InitCommand } from './commands/init.ts'
import { LocalCommand } from './commands/local.ts'
import { RunCommand } from './commands/run.ts'
import { ServiceUpdateCommand } from './commands/serviceUpdate.ts'
import { endProcess, fromProcess, programOptions } from './fromProcess.ts'

const commands = [ServiceUpdateCommand, RunCommand, InitCommand, LocalCommand, ...builtins]

await endProcess(
  await runProgram(commands, process.argv.slice(2), fromProcess([], 'ecs-task'), programOptions('ecs-task')),
)
