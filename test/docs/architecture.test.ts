import { describe, expect, it } from 'vitest'
import { blocks, filesIn, rows, section, text } from './pages.ts'

const tour = text('docs/ARCHITECTURE.md')
const named = blocks(tour, '').flatMap((block) =>
  [...block.matchAll(/^([\w/]+\.ts) +\S/gm)].map(([, file = '']) => file),
)
const sources = filesIn('src').filter((file) => !file.startsWith('local/operations/'))

describe('the tour of the code', () => {
  it('has a line for every file of src but for the operations of the local AWS', () => {
    expect(sources.filter((file) => !named.includes(file))).toEqual([])
  })

  it('has no line for a file that is not there, and none twice', () => {
    expect(named.filter((file, index) => !sources.includes(file) || named.indexOf(file) !== index)).toEqual([])
  })

  it('names every folder of tests', () => {
    const folders = new Set(
      filesIn('test')
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => `test/${file.split('/')[0]}`),
    )
    const told = rows(section(tour, 'The tests')).map(([folder = '']) => folder.replaceAll('`', ''))
    expect(told.filter((folder) => folder.startsWith('test/')).toSorted()).toEqual([...folders].toSorted())
  })
})

describe('the page on the local AWS', () => {
  const services = {
    autoscaling: 'Auto Scaling',
    ec2: 'EC2',
    ecs: 'ECS',
    elbv2: 'Elastic Load Balancing',
    eventbridge: 'EventBridge',
    logs: 'CloudWatch Logs',
    route53: 'Route 53',
    servicediscovery: 'Cloud Map',
    sns: 'SNS',
    sts: 'STS',
  }
  const table = rows(section(text('docs/local-aws.md'), 'What it has'))

  it('has a row for every service, and for no other', () => {
    const folders = new Set(filesIn('src/local').flatMap((file) => /^(\w+)\/operations\//.exec(file)?.[1] ?? []))
    expect([...folders].toSorted()).toEqual(Object.keys(services).toSorted())
    expect(table.map(([service = '']) => service).toSorted()).toEqual(Object.values(services).toSorted())
  })

  it.each(Object.entries(services))('lists every operation of %s, and no other', (folder, service) => {
    const [, told = ''] = table.find(([name]) => name === service) ?? []
    expect(told.split(', ').toSorted()).toEqual(filesIn(`src/local/${folder}/operations`).map(operationIn).toSorted())
  })

  it('lists every request that is to the local AWS itself, and no other', () => {
    const told = text('docs/local-aws.md').matchAll(/^\| `((?:GET|POST) \/_local\/\w+)/gm)
    const had = text('src/local/control.ts').matchAll(/asked === '((?:GET|POST) \/_local\/\w+)'/g)
    const [requests, known] = [told, had].map((matches) => [...matches].map(([, request = '']) => request).toSorted())
    expect(known).toContain('GET /_local/world')
    expect(requests).toEqual(known)
  })
})

describe("the README's list of events", () => {
  it('has every type of event, and no other', () => {
    const types = [...text('src/engine/events.ts').matchAll(/type: '(\w+\.\w+)'/g)].map(([, type = '']) => type)
    const told = [...section(text('README.md'), 'Output').matchAll(/`(\w+\.\w+)`/g)].map(([, type = '']) => type)
    expect(types).toContain('run.finished')
    expect(told.toSorted()).toEqual(types.toSorted())
  })
})

function operationIn(file: string): string {
  return `${file[0]?.toUpperCase()}${file.slice(1).replace('.ts', '')}`
}
