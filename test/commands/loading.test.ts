import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Project, definition, endAll, program, project, serviceClass } from './support.ts'

afterAll(endAll)

/** Required before all else in the process: at its end it writes down which packages were loaded that take their time. */
const recorder = `
const { writeFileSync } = require('node:fs')
const Module = require('node:module')
const load = Module._load
const loaded = new Set()
Module._load = function (request, ...rest) {
  if (/^(@(aws-sdk|smithy)\\/.+|\\.\\/(?:sdk-[a-z0-9]+|report|late)\\.cjs|yaml|https?-proxy-agent|proxy-from-env)$/.test(request)) loaded.add(request)
  return load.call(this, request, ...rest)
}
process.on('exit', () => writeFileSync(process.env.LOADED, JSON.stringify([...loaded].sort())))
`

/** Runs it, and answers which of those packages it has loaded. */
async function loadedBy({ folder, run }: Project, words: readonly string[]): Promise<string[]> {
  const [hook, loaded] = [join(folder, 'recorder.cjs'), join(folder, 'loaded.json')]
  writeFileSync(hook, recorder)
  const { exitCode, stderr } = await run(words, { NODE_OPTIONS: `--require ${hook}`, LOADED: loaded })
  expect(exitCode, stderr).toBe(0)
  return JSON.parse(readFileSync(loaded, 'utf8'))
}

/** The client of ECS, and what sends its requests: of a local AWS, neither its endpoint nor its region is looked for. */
const deployed = ['./sdk-ecs.cjs', './sdk-handler.cjs']

const stack = `services:
  - worker: { image: worker:v1, memory: 128 }
`

describe.concurrent('of the modules that are slow to load', () => {
  test('a deploy of a class with services loads the client of ECS, and nothing else', async () => {
    const web = project({ 'web.ts': definition([serviceClass('Web')], 'new Web().main()') })
    const loaded = await loadedBy(web, ['web.ts', 'deploy', 'v1', '--local'])
    expect(loaded).toEqual(deployed)
  })

  test('a stack loads its rooms, the YAML parser and the clients of the services it uses', async () => {
    const loaded = await loadedBy(project({ 'stack.yml': stack }), [
      program,
      'cluster',
      'diff',
      'shop',
      '-f',
      'stack.yml',
      '--local',
    ])
    const used = ['./sdk-elbv2.cjs', './sdk-scheduler.cjs', './sdk-servicediscovery.cjs']
    expect(loaded).toEqual(['./late.cjs', ...deployed, ...used, 'yaml'].toSorted())
  })

  test('a report is made by a file of its own, which is loaded for it', async () => {
    const web = project({ 'web.ts': definition([serviceClass('Web')], 'new Web().main()') })
    const loaded = await loadedBy(web, ['web.ts', 'deploy', 'v1', '--local', '--report', 'report.html'])
    expect(loaded).toEqual(['./report.cjs', ...deployed])
  })

  test('help loads none of them', async () => {
    expect(await loadedBy(project({}), [program, 'cluster', 'deploy', '--help'])).toEqual([])
  })
})
