// No text for people has the phrasings of the first edition that read the most foreign. docs/decisions is history, and stays.
import { describe, expect, it } from 'vitest'
import { filesIn, pages, text } from './pages.ts'

const phrasings: readonly RegExp[] = [
  /it is not said/i,
  /what becomes of/i,
  /nobody to ask/i,
  /tak(?:es?|en) for granted/i,
  /as fast as life|faster than life/i,
  /(?:mak(?:es?|ing)|made) anew/i,
  /tak(?:es?|ing|en) away|took away/i,
  /nobody is told/i,
  /write the types down/i,
  /same verdict|same way back/i,
  /last said/i,
  /for want of it/i,
  /(?:is|are) so already/i,
  /\bMend /,
  /whoever/i,
  /everybody is let in/i,
  /there is no difference/i,
  /tells the rest/i,
  /used by nothing/i,
  /beg[au]n to deploy/i,
  /stands? on\b/i,
]

/** The lines of a text with one of them. */
const found = (lines: string): string[] => lines.split('\n').filter((line) => phrasings.some((one) => one.test(line)))

/** A source without its comments: what is left of its texts is what people are told. */
const withoutComments = (source: string): string =>
  source.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '')

const told = pages.filter((page) => !page.startsWith('docs/decisions/'))
const sources = filesIn('src').filter((file) => !file.startsWith('local/'))
const firstFiles = ['templates', '_ecs'].flatMap((folder) => filesIn(folder).map((file) => `${folder}/${file}`))

describe('the words of the first edition', () => {
  it.each([...told, ...firstFiles])('are not in %s', (file) => {
    expect(found(text(file))).toEqual([])
  })

  it('are in no text of the sources', () => {
    const all = sources.flatMap((file) => found(withoutComments(text(`src/${file}`))).map((line) => `${file}: ${line}`))
    expect(all).toEqual([])
  })
})

it('are found in any form, but not in comments', () => {
  expect(found("'Mend what stopped it'\n'Fix it'\n'nothing was taken away'")).toHaveLength(2)
  expect(found(withoutComments("/** Whoever asks. */ a('b') // it is so already\n'http://whoever'"))).toHaveLength(1)
})
