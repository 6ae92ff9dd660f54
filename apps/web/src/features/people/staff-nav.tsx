import { can, type Permission, type Viewer } from "@bandwise/core/kernel/policy";
import {
  Award,
  CalendarClock,
  CalendarDays,
  ChartNoAxesColumn,
  CircleCheckBig,
  ClipboardPen,
  Ear,
  FileClock,
  FileStack,
  Gauge,
  Gavel,
  Landmark,
  LibraryBig,
  Scale,
  ScrollText,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";

interface StaffPlace {
  readonly href: string;
  readonly label: string;
  readonly permission: Permission;
  readonly icon: ReactNode;
  readonly exact?: boolean;
}

const places: readonly StaffPlace[] = [
  { href: "/admin", label: "Overview", permission: "dashboard:read", icon: <Gauge aria-hidden="true" />, exact: true },
  {
    href: "/admin/sittings",
    label: "Sittings",
    permission: "sitting:manage",
    icon: <CalendarDays aria-hidden="true" />,
  },
  { href: "/admin/attempts", label: "Attempts", permission: "attempt:watch", icon: <FileClock aria-hidden="true" /> },
  { href: "/marking", label: "Marking", permission: "script:mark", icon: <ClipboardPen aria-hidden="true" /> },
  {
    href: "/interviews",
    label: "Interviews",
    permission: "interview:schedule",
    icon: <CalendarClock aria-hidden="true" />,
  },
  { href: "/admin/scripts", label: "Scripts", permission: "script:watch", icon: <FileStack aria-hidden="true" /> },
  {
    href: "/admin/marking",
    label: "Marking quality",
    permission: "marking:lead",
    icon: <Scale aria-hidden="true" />,
  },
  { href: "/admin/speech", label: "Speech to text", permission: "marking:govern", icon: <Ear aria-hidden="true" /> },
  {
    href: "/admin/results",
    label: "Results",
    permission: "result:read",
    icon: <ChartNoAxesColumn aria-hidden="true" />,
  },
  { href: "/admin/appeals", label: "Appeals", permission: "appeal:manage", icon: <Gavel aria-hidden="true" /> },
  { href: "/admin/bank", label: "Item bank", permission: "item:read", icon: <LibraryBig aria-hidden="true" /> },
  {
    href: "/admin/certificates",
    label: "Certificates",
    permission: "certificate:manage",
    icon: <Award aria-hidden="true" />,
  },
  { href: "/admin/people", label: "People", permission: "person:manage", icon: <Users aria-hidden="true" /> },
  { href: "/admin/centres", label: "Centres", permission: "centre:manage", icon: <Landmark aria-hidden="true" /> },
  {
    href: "/admin/approvals",
    label: "Approvals",
    permission: "approval:decide",
    icon: <CircleCheckBig aria-hidden="true" />,
  },
  { href: "/admin/audit", label: "Audit", permission: "audit:read", icon: <ScrollText aria-hidden="true" /> },
];

export function staffPlaces(viewer: Viewer): readonly StaffPlace[] {
  return places.filter((place) => can(viewer, place.permission));
}

/** Where a signed-in person belongs. */
export function homePath(viewer: Viewer): string {
  const [first] = staffPlaces(viewer);
  if (first) return first.href;
  return can(viewer, "result:own") ? "/home" : "/account";
}
