// The tour, the page on the local AWS and the list of events in docs/output.md say what the source says; tables are not padded.
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { at, filesIn, pages, rows, section, text } from './pages.ts'

const tour = text('docs/ARCHITECTURE.md')
const sources = filesIn('src')
const repository = ['src', 'test', 'scripts'].flatMap((top) => filesIn(top).map((file) => `${top}/${file}`))

/** What a page says in words of that form; those with a word in capitals stand for any: `local/SERVICE/operations/`. */
const named = (form: RegExp): string[] =>
  [...tour.matchAll(form)].map(([word]) => word).filter((word) => !/\b[A-Z]+\b/.test(word))

describe('the tour of the code', () => {
  it('has at most 200 lines', () => {
    expect(tour.trimEnd().split('\n').length).toBeLessThanOrEqual(200)
  })

  it('has a row for every room, every folder in it, and every service of the local AWS', () => {
    const folders = new Set(
      sources.flatMap((file) => {
        const [room, ...inside] = file.split('/').slice(0, -1)
        return room ? [`${room}/`, ...(inside[0] ? [`${room}/${inside[0]}/`] : [])] : []
      }),
    )
    const first = rows(tour).flatMap(([cell = '']) => [...cell.matchAll(/`([\w/]+\/)`/g)].map(([, folder]) => folder))
    expect([...folders].filter((folder) => !first.includes(folder))).toEqual([])
  })

  it('names every folder of tests', () => {
    const folders = new Set(
      filesIn('test').flatMap((file) => (/^[^/]+\/.*\.test\.ts$/.test(file) ? [`test/${file.split('/')[0]}`] : [])),
    )
    expect([...folders].filter((folder) => !new RegExp(`\`${folder}/?\``).test(tour))).toEqual([])
  })

  it('names only files and folders that exist', () => {
    const files = named(/(?<![\w./-])[\w-][\w./-]*\.m?ts\b/g).filter(
      (file) => !existsSync(at(file)) && !repository.some((path) => `/${path}`.endsWith(`/${file}`)),
    )
    const folders = named(/(?<=`)\w[\w/]*\/(?=`)|(?<=`)test\/\w+(?=`)/g).filter(
      (folder) => !repository.some((path) => `/${path}`.includes(`/${folder.replace(/\/?$/, '/')}`)),
    )
    expect([...files, ...folders]).toEqual([])
  })

  it('names only functions that exist', () => {
    const code = sources.map((file) => text(`src/${file}`)).join('\n')
    const isThere = (name: string): boolean =>
      new RegExp(`(?:function|const|readonly) ${name}\\b|^ +(?:async |static )*${name}\\(`, 'm').test(code)
    expect(named(/\w+(?=\(\))/g).filter((name) => !isThere(name))).toEqual([])
  })
})

describe('the page on the local AWS', () => {
  const services = {
    applicationautoscaling: 'Application Auto Scaling',
    autoscaling: 'Auto Scaling',
    ec2: 'EC2',
    ecr: 'ECR',
    ecs: 'ECS',
    elbv2: 'Elastic Load Balancing',
    eventbridge: 'EventBridge',
    iam: 'IAM',
    logs: 'CloudWatch Logs',
    route53: 'Route 53',
    s3: 'S3',
    scheduler: 'EventBridge Scheduler',
    secretsmanager: 'Secrets Manager',
    servicediscovery: 'Cloud Map',
    sns: 'SNS',
    ssm: 'Systems Manager',
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

  it('lists every request to the local AWS itself, and no other', () => {
    const told = text('docs/local-aws.md').matchAll(/^\| `((?:GET|POST) \/_local\/\w+)/gm)
    const had = text('src/local/control.ts').matchAll(/asked === '((?:GET|POST) \/_local\/\w+)'/g)
    const [requests, known] = [told, had].map((matches) => [...matches].map(([, request = '']) => request).toSorted())
    expect(known).toContain('GET /_local/world')
    expect(requests).toEqual(known)
  })
})

describe('the list of events', () => {
  it('has every type of event, and no other', () => {
    const types = [...text('src/engine/events.ts').matchAll(/type: '(\w+\.\w+)'/g)].map(([, type = '']) => type)
    const told = [...section(text('docs/output.md'), 'JSON').matchAll(/`(\w+\.\w+)`/g)].map(([, type = '']) => type)
    expect(types).toContain('run.finished')
    expect(told.toSorted()).toEqual(types.toSorted())
  })
})

/** The lines of tables in a page, without its blocks of code. */
const tableLines = (page: string): string[] =>
  text(page)
    .replaceAll(/^ *```[^]*?^ *```$/gm, '')
    .split('\n')
    .filter((line) => /^ *\|/.test(line))

describe('the tables of the pages', () => {
  it.each(pages)('are not padded in %s, so that a wider cell changes one line', (page) => {
    expect(tableLines(page).filter((line) => /\|  |  \||-{4}/.test(line))).toEqual([])
  })
})

function operationIn(file: string): string {
  return `${file[0]?.toUpperCase()}${file.slice(1).replace('.ts', '')}`
}
