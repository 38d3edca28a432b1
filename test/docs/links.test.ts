import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { at, pages, text } from './pages.ts'

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
  return [...withoutCode(text(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, '')
}

/** Why a link of a page leads nowhere; undefined where it leads somewhere. */
function broken(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : normalize(join(dirname(page), path))
  if (!existsSync(at(target))) return `${page}: ${link} is not there`
  if (anchor === undefined || statSync(at(target)).isDirectory()) return undefined
  return anchorsOf(target).includes(anchor) ? undefined : `${page}: ${target} has no heading ${anchor}`
}

describe.each(pages)('%s', (page) => {
  it('has no broken link', () => {
    const written = /(?:\]\(|(?:src|srcset)=")([^)"\s]+)/g
    const links = [...withoutCode(text(page)).matchAll(written)].map(([, link = '']) => link)
    const relative = links.filter((link) => !/^[a-z]+:/.test(link))
    expect(relative.flatMap((link) => broken(page, link) ?? [])).toEqual([])
  })

  it('names only source files that exist', () => {
    const files = [...text(page).matchAll(/`((?:src|test|scripts|templates|docs)\/[\w./-]+)`/g)].map(
      ([, file = '']) => file,
    )
    expect(files.filter((file) => !existsSync(at(file)))).toEqual([])
  })
})

it('a broken link is found', () => {
  expect(broken('README.md', 'docs/nowhere.md')).toBe('README.md: docs/nowhere.md is not there')
  expect(broken('README.md', '#no-such-heading')).toBe('README.md: README.md has no heading no-such-heading')
  expect(broken('docs/local-aws.md', '../README.md#exit-codes')).toBeUndefined()
})

it('every decision can be found from the README, whose folder it links to', () => {
  expect(text('README.md')).toContain('](docs/decisions)')
  expect(pages.filter((page) => page.startsWith('docs/decisions/')).length).toBeGreaterThan(10)
})
