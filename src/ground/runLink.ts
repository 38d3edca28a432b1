/** Where the CI job that a run is part of can be seen. */

/** The page of the job: a plain address of the web and nothing else. */
export function runLink(page: string | undefined): string | undefined {
  return page !== undefined && /^https?:\/\/[\w.:-]+(\/[\w.~%#-]+)*\/?$/.test(page) ? page : undefined
}
