// Glue wants a script with every job. The class that it runs is --class, in the jar of --extra-jars.
object GlueScript {
  def main(arguments: Array[String]): Unit = ()
}
