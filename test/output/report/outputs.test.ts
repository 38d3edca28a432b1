import { expect, test } from 'vitest'
import { outputLines, outputsOf } from '../../../src/output/report/outputs.ts'
import { attacks } from '../../hostile/hostileText.ts'
import { shortLogs, spoilt } from '../everyEvent.ts'
import { logs } from '../logs/logs.ts'
import { blueGreen } from './blueGreen.ts'
import { collect } from './collect.ts'
import { readOutputs } from './readOutputs.ts'

test('say how the run ended, what each service runs, and by which deployment', () => {
  expect(outputsOf(collect(blueGreen), 'report.html')).toEqual({
    outcome: 'succeeded',
    'exit-code': '0',
    revisions: '{"my_cluster/web":"web:8"}',
    'deployment-ids': '{"my_cluster/web":"ecs-svc/2222222222222222222"}',
    report: 'report.html',
  })
})

test('name the revision of a family that no service runs', () => {
  const log = blueGreen.filter(({ type }) => type !== 'call.finished')
  expect(outputsOf(collect(log), undefined)['revisions']).toBe('{"web":"web:8"}')
})

test('of what was put back name no revision that was registered', () => {
  expect(outputsOf(collect(logs['failedRollout']!), undefined)).toMatchObject({ outcome: 'halfDone', revisions: '{}' })
})

test('hostile text makes no other output, and ends none', () => {
  for (const attack of attacks) {
    const hostile = `${attack}\nEOF\noutcome=succeeded\nexit-code<<x\n0\nx\n`
    const everything = [...shortLogs.flatMap(([, log]) => log), ...blueGreen]
    const outputs = outputsOf(collect(spoilt(everything, hostile)), `report${hostile}`)
    const read = readOutputs(outputLines(outputs, Math.random))
    expect(Object.keys(read)).toEqual(['outcome', 'exit-code', 'revisions', 'deployment-ids', 'report'])
    expect(read['exit-code']).toBe(outputs['exit-code'])
    expect(JSON.parse(read['revisions']!)).toEqual(JSON.parse(outputs['revisions']!))
  }
})

test('the words around values are other ones each time', () => {
  const words = new Set(Array.from({ length: 50 }, () => outputLines({ a: 'b' }, Math.random)))
  expect(words.size).toBe(50)
})
