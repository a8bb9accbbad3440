/** What attachments need from outside. */

/** A program that knows viruses, where the organisation has set one up; without one nothing is asked. */
export type VirusScan = {
  /** What was found in the file, by the name the program gives it. Throws when it cannot say. */
  scan(path: string): Promise<{ found: string | undefined }>
}
