export default function LandingPage() {
  return <main className="page">Bandwise</main>;
}
